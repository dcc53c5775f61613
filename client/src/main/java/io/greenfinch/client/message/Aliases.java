package io.greenfinch.client.message;

import io.greenfinch.client.group.Person;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The two names of a person, PN and LID, as far as the server told them: neither can be guessed from the other. All keys that
 * belong to a device are kept under the LID as soon as it is known, so that the session with a person is one (specification
 * §11.6).
 */
public final class Aliases {

    /** Behind the LID of somebody who writes to us by it. */
    private static final String WRITES = " writes";

    private Aliases() {}

    /** Where the other name of an account stands. */
    public static StateKey key(Jid account) {
        return new StateKey(StateKind.ALIAS, account.account().toString());
    }

    /** The other name of an account, where it is known. */
    public static Optional<Jid> other(Jid account, Function<StateKey, Optional<byte[]>> state) {
        Jid name = account.account();
        return name.isPn() || name.isLid()
                ? state.apply(key(name)).map(Aliases::text).flatMap(stored -> Jid.parse(stored.replace(WRITES, "")))
                : Optional.empty();
    }

    /** The name by which an account, or a chat with it, is shown: the number where it is known. */
    public static Jid shown(Jid name, Function<StateKey, Optional<byte[]>> state) {
        Jid account = name.account();
        return account.isLid() ? other(account, state).orElse(account) : account;
    }

    /**
     * The same for somebody whom a caller names: whose number is another one's by now keeps the name, and of several ways to write a
     * number it is the one that WhatsApp has told.
     */
    public static Jid reached(Jid name, Function<StateKey, Optional<byte[]>> state) {
        if (name.isPn()) {
            return other(name, state).filter(Jid::isPn).orElse(name);
        }
        Jid shown = shown(name, state);
        return other(shown, state).filter(name.account()::equals).isPresent() ? shown : name.account();
    }

    /**
     * By which of their names somebody who is shown by one writes to us: what is told them of their messages goes there (specification
     * §15.1). The name that they are shown by, as far as nothing else is known.
     */
    static Jid writesAs(Jid shown, Function<StateKey, Optional<byte[]>> state) {
        return shown.isPn() && writesByLid(shown, state) ? other(shown, state).orElse(shown) : shown;
    }

    private static boolean writesByLid(Jid number, Function<StateKey, Optional<byte[]>> state) {
        return state.apply(key(number))
                .filter(stored -> text(stored).endsWith(WRITES))
                .isPresent();
    }

    /** The name under which a device's keys are kept; who holds it makes no difference. */
    static Jid canonical(Jid device, Function<StateKey, Optional<byte[]>> state) {
        Jid account = device.account();
        Jid name = account.isPn() ? other(account, state).orElse(account) : account;
        return name.withDevice(device.device());
    }

    /** Somebody under all names that are known. */
    public static Person person(Jid device, Function<StateKey, Optional<byte[]>> state) {
        Jid account = device.account();
        return Person.of(Optional.of(account), other(account, state))
                .orElseGet(() -> new Person(Optional.empty(), Optional.empty(), Optional.of(account)));
    }

    /** Both are names of one person. */
    public static void learn(PendingState state, Jid one, Jid other) {
        boolean number = one.account().isPn();
        Jid pn = (number ? one : other).account();
        Jid lid = (number ? other : one).account();
        if (pn.isPn() && lid.isLid() && Delivery.isPossible(pn) && Delivery.isPossible(lid)) {
            learnOne(state, pn, lid);
            learnOne(state, lid, pn);
        }
    }

    /** Somebody wrote to us by this name. */
    static void wrote(PendingState state, Jid name) {
        Jid number = shown(name, state::find);
        if (number.isPn() && name.isLid() != writesByLid(number, state::find)) {
            other(number, state::find).ifPresent(lid -> put(state, number, lid + (name.isLid() ? WRITES : "")));
        }
    }

    /** A number as it was given, and as WhatsApp has it (specification §14.1). */
    static void spell(PendingState state, Jid given, Jid canonical) {
        if (given.isPn() && canonical.isPn()) {
            Optional<Jid> before = other(given, state::find);
            if (!given.equals(canonical)) {
                learnOne(state, given, canonical);
                if (other(canonical, state::find).filter(Jid::isPn).isPresent()) {
                    state.remove(key(canonical)); // it was the other way round before
                }
            } else if (before.filter(Jid::isPn).isPresent()) {
                state.remove(key(given));
            }
        }
    }

    private static void learnOne(PendingState state, Jid name, Jid other) {
        if (!other(name, state::find).equals(Optional.of(other))) {
            put(state, name, other.toString());
        }
    }

    private static void put(PendingState state, Jid name, String stored) {
        state.put(key(name), stored.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] stored) {
        return new String(stored, StandardCharsets.UTF_8);
    }
}
