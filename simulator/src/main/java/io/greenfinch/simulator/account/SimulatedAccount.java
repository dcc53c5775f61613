package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.appstate.AccountAppState;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A WhatsApp user: two aliases that cannot be computed from each other, a push name, a phone and up to 99 companions.
 *
 * <p>Guarded by the world's lock. Two accounts are equal only when they are the same object.
 */
public final class SimulatedAccount {

    private static final int MAX_DEVICE = 99;

    private final Jid pn;
    private final Jid lid;
    private final Phone phone;
    private final TreeMap<Integer, Companion> companions = new TreeMap<>();
    private final Set<SimulatedAccount> blocked = new LinkedHashSet<>();
    private final Set<String> aliases = new LinkedHashSet<>();
    private final Map<String, String> privacy = new LinkedHashMap<>();
    private final NewChats newChats = new NewChats(this);
    private final AccountAppState appState = new AccountAppState();
    private StatusPrivacy statusPrivacy = StatusPrivacy.STANDARD;
    private boolean hosted;
    private final SecureRandom random;
    private @Nullable Passkey passkey;
    private boolean passkeyDemanded;
    private String shownCode = "";
    private @Nullable String pushName;
    private @Nullable BusinessProfile business;
    private @Nullable KeyIndexList keyIndexes;
    private int lastDevice;
    private int lastKeyIndex;

    /** A new account; {@code reader} is given what its phone reads. */
    SimulatedAccount(Jid pn, Jid lid, SecureRandom random, BiConsumer<Phone, Node> reader) {
        this.pn = pn;
        this.lid = lid;
        this.random = random;
        this.phone = new Phone(this, random, reader);
    }

    public Jid pn() {
        return pn;
    }

    public Jid lid() {
        return lid;
    }

    public Phone phone() {
        return phone;
    }

    /** The phone number, digits only. */
    public String number() {
        return pn.user();
    }

    /** Other ways to write the number, which the service knows and takes for nobody's address (specification §13). */
    public Set<String> aliases() {
        return Collections.unmodifiableSet(aliases);
    }

    void alias(String number) {
        aliases.add(number);
    }

    /** Whether the account's keys are held by a business host, which its identities then say (specification §7.4). */
    public boolean hosted() {
        return hosted;
    }

    public void hosted(boolean value) {
        hosted = value;
        keyIndexes = null;
    }

    /** Whether the service demands a passkey of the owner before a companion is linked (specification §8). */
    public boolean passkeyDemanded() {
        return passkeyDemanded;
    }

    public void passkeyDemanded(boolean demanded) {
        passkeyDemanded = demanded;
    }

    /** The owner's passkey; another one after a restart. */
    public Passkey passkey() {
        Passkey present = passkey;
        if (present == null) {
            present = new Passkey(random);
            passkey = present;
        }
        return present;
    }

    /** The code that the phone shows, to be compared with the companion's; empty when it shows none. */
    public String shownCode() {
        return shownCode;
    }

    public void shownCode(String code) {
        shownCode = code;
    }

    /** What makes it a business; empty for a person's account. */
    public Optional<BusinessProfile> business() {
        return Optional.ofNullable(business);
    }

    public void business(Optional<BusinessProfile> value) {
        business = value.orElse(null);
    }

    /** The name others see. */
    public Optional<String> pushName() {
        return Optional.ofNullable(pushName);
    }

    public void pushName(String name) {
        pushName = name;
    }

    /** The push name, or the phone number of somebody who has none. */
    public String displayName() {
        return pushName == null ? "+" + number() : pushName;
    }

    /** The phone, then all companions by device number; a copy. */
    public List<Device> devices() {
        List<Device> all = new ArrayList<>(1 + companions.size());
        all.add(phone);
        all.addAll(companions.values());
        return all;
    }

    /** Linked companions by device number. Unmodifiable. */
    public Collection<Companion> companions() {
        return Collections.unmodifiableCollection(companions.values());
    }

    /** The phone, which has number 0, or a companion. */
    public Optional<Device> device(int number) {
        return number == 0 ? Optional.of(phone) : Optional.ofNullable(companions.get(number));
    }

    public Optional<Companion> companion(int number) {
        return Optional.ofNullable(companions.get(number));
    }

    /** The phone's and all companions' phone-number addresses. */
    public List<Jid> deviceAddresses() {
        return devices().stream().map(Device::pn).toList();
    }

    /** The phone's and all companions' LID addresses. */
    public List<Jid> deviceLids() {
        return devices().stream().map(Device::lid).toList();
    }

    /** A number for a companion, which no other gets meanwhile. Numbers are not used again until all 99 were used. */
    public int takeDevice() {
        for (int i = 1; i <= MAX_DEVICE; i++) {
            int candidate = (lastDevice + i - 1) % MAX_DEVICE + 1;
            if (!companions.containsKey(candidate)) {
                lastDevice = candidate;
                return candidate;
            }
        }
        throw new IllegalStateException("all device numbers of " + pn + " are in use");
    }

    /** A key index for a companion, which no other ever gets. */
    public int takeKeyIndex() {
        return ++lastKeyIndex;
    }

    int lastDevice() {
        return lastDevice;
    }

    int lastKeyIndex() {
        return lastKeyIndex;
    }

    /** What was given to companions that may be gone since. */
    void lastIndexes(int device, int keyIndex) {
        lastDevice = device;
        lastKeyIndex = keyIndex;
    }

    /** The signed list of valid key indexes; signed anew when companions came or went. */
    public KeyIndexList keyIndexes(Instant now, SecureRandom random) {
        KeyIndexList list = keyIndexes;
        if (list == null) {
            List<Integer> valid = companions.values().stream()
                    .map(companion -> companion.keyIndex().orElseThrow())
                    .toList();
            list = new KeyIndexList(
                    now,
                    DeviceIdentity.keyIndexList(
                            phone.keys().identity(), phone.keys().rawId(), now, lastKeyIndex, valid, random, hosted));
            keyIndexes = list;
        }
        return list;
    }

    /** Adds a companion. */
    public Companion link(CompanionDetails details) {
        Companion companion = new Companion(this, details);
        companions.put(details.number(), companion);
        keyIndexes = null;
        lastKeyIndex = Math.max(lastKeyIndex, details.keyIndex());
        return companion;
    }

    /** Takes a companion out of the list; says whether it was in it. */
    public boolean unlink(Companion companion) {
        keyIndexes = null;
        return companions.remove(companion.number(), companion);
    }

    /** The phone registers anew, with other keys, and begins a new app state. Companions must be unlinked before: they were signed by the old ones. */
    public void registerAnew() {
        phone.registerAnew();
        appState.clear();
        keyIndexes = null;
    }

    /** The people this account has blocked. */
    public Set<SimulatedAccount> blocked() {
        return blocked;
    }

    /** By which devices see that they have the same list of them (specification §25). */
    public String blockListHash() {
        return DeviceListHash.of(blocked.stream().map(SimulatedAccount::lid).toList());
    }

    /** Whom this account may write to. */
    public NewChats newChats() {
        return newChats;
    }

    /** What its devices know in common, as the service has it. */
    public AccountAppState appState() {
        return appState;
    }

    /** Who may see this account's status updates. */
    public StatusPrivacy statusPrivacy() {
        return statusPrivacy;
    }

    public void statusPrivacy(StatusPrivacy value) {
        statusPrivacy = value;
    }

    /** Privacy settings that differ from "all", by category (specification §25). */
    public Map<String, String> privacy() {
        return privacy;
    }

    @Override
    public String toString() {
        return displayName() + " (" + number() + ")";
    }
}
