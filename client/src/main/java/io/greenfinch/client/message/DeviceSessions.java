package io.greenfinch.client.message;

import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SignalSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the Signal state of other devices stands (specification §11.6). */
final class DeviceSessions {

    private DeviceSessions() {}

    /** Where the session with a device may stand: under the name as it is, and under the other one. */
    static List<StateKey> keys(Collection<Jid> devices, Function<StateKey, Optional<byte[]>> state) {
        List<StateKey> keys = new ArrayList<>(2 * devices.size());
        for (Jid device : devices) {
            keys.add(key(device));
            Aliases.other(device, state).ifPresent(other -> keys.add(key(other.withDevice(device.device()))));
        }
        return keys;
    }

    /** Where the session with a device stands that bears this name. */
    static StateKey key(Jid device) {
        return new StateKey(StateKind.SESSION, name(device));
    }

    /** Who holds a device makes no difference. */
    private static String name(Jid device) {
        return device.account().withDevice(device.device()).toString();
    }

    /** The session with a device. One under the PN moves to the LID when that is known by now. */
    static SignalSession find(PendingState state, Jid device) {
        return moved(state, Aliases.canonical(device, state::find), DeviceSessions::key)
                .map(SignalSession::decode)
                .orElse(SignalSession.none());
    }

    static void put(PendingState state, Jid device, SignalSession session) {
        state.put(key(Aliases.canonical(device, state::find)), session.encode());
    }

    static void remove(PendingState state, Jid device) {
        state.remove(key(device));
        Aliases.other(device, state::find).ifPresent(other -> state.remove(key(other.withDevice(device.device()))));
    }

    /** The keys by which a device sends to a group. Those under the PN move to the LID when that is known by now. */
    static ReceivedSenderKeys senderKeys(PendingState state, Jid group, Jid device) {
        Jid canonical = Aliases.canonical(device, state::find);
        Optional<byte[]> stored = moved(state, canonical, name -> senderKey(group, name));
        return stored.map(ReceivedSenderKeys::decode).orElse(ReceivedSenderKeys.none());
    }

    static void putSenderKeys(PendingState state, Jid group, Jid device, ReceivedSenderKeys keys) {
        state.put(senderKey(group, Aliases.canonical(device, state::find)), keys.encode());
    }

    /** Where those stand that came from a device under this name. */
    static StateKey senderKey(Jid group, Jid device) {
        return new StateKey(StateKind.SENDER_KEY, group + "|" + name(device));
    }

    /** What is stored for a device, and from now on under its canonical name. */
    private static Optional<byte[]> moved(PendingState state, Jid canonical, Function<Jid, StateKey> key) {
        Optional<byte[]> stored = state.find(key.apply(canonical));
        if (stored.isEmpty() && canonical.isLid()) {
            Optional<StateKey> earlier =
                    Aliases.other(canonical, state::find).map(pn -> key.apply(pn.withDevice(canonical.device())));
            stored = earlier.flatMap(state::find);
            if (stored.isPresent()) {
                state.remove(earlier.get());
                state.put(key.apply(canonical), stored.get());
            }
        }
        return stored;
    }
}
