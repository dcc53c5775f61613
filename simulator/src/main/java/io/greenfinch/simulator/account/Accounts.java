package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All accounts, found by phone number, by LID or by push name. Guarded by the world's lock. */
public final class Accounts {

    private static final long FIRST_NUMBER = 15550001001L;
    private static final long SMALLEST_LID = 100_000_000_000_000L;
    private static final long LIDS = 900_000_000_000_000L;

    private final SecureRandom random;
    private final Map<String, SimulatedAccount> byNumber = new LinkedHashMap<>();
    private final Map<String, SimulatedAccount> byAlias = new HashMap<>();
    private final Map<String, SimulatedAccount> byLid = new HashMap<>();
    private final Map<String, SimulatedAccount> byName = new HashMap<>();
    private BiConsumer<Phone, Node> reader = (_, _) -> {};
    private long nextNumber = FIRST_NUMBER;

    /** No accounts yet. LIDs and keys come from {@code random}. */
    public Accounts(SecureRandom random) {
        this.random = random;
    }

    /** Has every phone's stanzas read by {@code newReader} from now on; before, they are acknowledged and forgotten. */
    public void readPhones(BiConsumer<Phone, Node> newReader) {
        reader = newReader;
    }

    /** A new account with the next free number. */
    public SimulatedAccount create() {
        while (byContact(Long.toString(nextNumber)).isPresent()) {
            nextNumber++;
        }
        return create(Long.toString(nextNumber));
    }

    /**
     * A new account with this phone number.
     *
     * @throws IllegalArgumentException when the number is taken
     */
    public SimulatedAccount create(String number) {
        return add(number, freeLid());
    }

    /**
     * Accounts as they were saved.
     *
     * @throws IllegalArgumentException when two of them have the same number or LID, or one names somebody unknown
     */
    public void restore(List<AccountSnapshot> states) {
        for (AccountSnapshot state : states) {
            SimulatedAccount account = add(state.number(), state.lid());
            account.phone().restore(state.phone());
            String name = state.name();
            if (name != null) {
                rename(account, name);
            }
            state.aliases().forEach(alias -> alias(account, alias));
            account.hosted(state.hosted());
            account.passkeyDemanded(state.passkey());
            account.privacy().putAll(state.privacy());
            account.appState().restore(state.appState());
            account.business(Optional.ofNullable(state.business()));
            state.companions().forEach(companion -> companion.restore(account));
            account.lastIndexes(state.lastDevice(), state.lastKeyIndex());
        }
        for (AccountSnapshot state : states) {
            SimulatedAccount account = byNumber(state.number()).orElseThrow();
            state.blocked().forEach(number -> account.blocked().add(known(number)));
            account.newChats().restore(state.newChats(), this::known);
            account.statusPrivacy(new StatusPrivacy(
                    state.statusRule(),
                    state.statusPeople().stream().map(this::known).toList()));
        }
    }

    private SimulatedAccount known(String number) {
        return byNumber(number).orElseThrow(() -> new IllegalArgumentException(number + " is unknown"));
    }

    private SimulatedAccount add(String number, String lid) {
        SimulatedAccount account = new SimulatedAccount(
                Jid.pn(number), Jid.lid(lid), random, (phone, stanza) -> reader.accept(phone, stanza));
        if (byContact(account.number()).isPresent()
                || byLid.containsKey(account.lid().user())) {
            throw new IllegalArgumentException("the number " + account.number() + " or its LID is taken");
        }
        byNumber.put(account.number(), account);
        byLid.put(account.lid().user(), account);
        return account;
    }

    /** LIDs are random, so that nobody can get away with computing one from a phone number. */
    private String freeLid() {
        while (true) {
            String lid = Long.toString(SMALLEST_LID + random.nextLong(LIDS));
            if (!byLid.containsKey(lid)) {
                return lid;
            }
        }
    }

    /** Gives an account a push name. The first account with a name keeps being found by it. */
    public void rename(SimulatedAccount account, String name) {
        account.pushName().ifPresent(old -> byName.remove(old, account));
        account.pushName(name);
        byName.putIfAbsent(name, account);
    }

    /**
     * Another way to write an account's number.
     *
     * @throws IllegalArgumentException when it is taken
     */
    public void alias(SimulatedAccount account, String number) {
        if (byContact(number).isPresent()) {
            throw new IllegalArgumentException("the number " + number + " is taken");
        }
        byAlias.put(number, account);
        account.alias(number);
    }

    /** Whose number this is, however it is written. */
    public Optional<SimulatedAccount> byContact(String number) {
        return byNumber(number).or(() -> Optional.ofNullable(byAlias.get(number)));
    }

    /** The account a JID belongs to, whichever alias and device it names. */
    public Optional<SimulatedAccount> find(Jid jid) {
        if (jid.isPn()) {
            return byNumber(jid.user());
        }
        return jid.isLid() ? Optional.ofNullable(byLid.get(jid.user())) : Optional.empty();
    }

    public Optional<SimulatedAccount> byNumber(String number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    public Optional<SimulatedAccount> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The phone or companion with this address. */
    public Optional<Device> device(Jid jid) {
        return find(jid).flatMap(account -> account.device(jid.device()));
    }

    /** The companion with this address. */
    public Optional<Companion> companion(Jid jid) {
        return find(jid).flatMap(account -> account.companion(jid.device()));
    }

    /** All accounts, oldest first. Unmodifiable. */
    public Collection<SimulatedAccount> all() {
        return Collections.unmodifiableCollection(byNumber.values());
    }
}
