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

/** Where the Signal state of other devices stands (specification §11.6). */
final class DeviceSessions {

    private DeviceSessions() {}

    /** Where the session with a device may stand: under the name as it is, and under the other one. */
    static List<StateKey> keys(Collection<Jid> devices, java.util.function.Function<StateKey, Optional<byte[]>> state) {
        List<StateKey> keys = new ArrayList<>(2 * devices.size());
        for (Jid device : devices) {
            keys.add(key(device));
            Aliases.other(device, state).ifPresent(other -> keys.add(key(other.withDevice(device.device()))));
        }
        return keys;
    }

    private static StateKey key(Jid device) {
        return new StateKey(StateKind.SESSION, device.toString());
    }

    /** The session with a device. One under the PN moves to the LID when that is known by now. */
    static SignalSession find(PendingState state, Jid device) {
        Jid canonical = Aliases.canonical(device, state::find);
        Optional<byte[]> stored = state.find(key(canonical));
        if (stored.isEmpty() && canonical.isLid()) {
            Optional<Jid> pn = Aliases.other(canonical, state::find).map(name -> name.withDevice(device.device()));
            stored = pn.flatMap(name -> state.find(key(name)));
            if (stored.isPresent()) {
                state.remove(key(pn.get()));
                state.put(key(canonical), stored.get());
            }
        }
        return stored.map(SignalSession::decode).orElse(SignalSession.none());
    }

    static void put(PendingState state, Jid device, SignalSession session) {
        state.put(key(Aliases.canonical(device, state::find)), session.encode());
    }

    static void remove(PendingState state, Jid device) {
        state.remove(key(device));
        Aliases.other(device, state::find).ifPresent(other -> state.remove(key(other.withDevice(device.device()))));
    }

    /** The keys by which a device sends to a group. */
    static ReceivedSenderKeys senderKeys(PendingState state, Jid group, Jid device) {
        return state.find(senderKey(state, group, device))
                .map(ReceivedSenderKeys::decode)
                .orElse(ReceivedSenderKeys.none());
    }

    static void putSenderKeys(PendingState state, Jid group, Jid device, ReceivedSenderKeys keys) {
        state.put(senderKey(state, group, device), keys.encode());
    }

    private static StateKey senderKey(PendingState state, Jid group, Jid device) {
        Jid canonical = Aliases.canonical(device, state::find);
        return new StateKey(StateKind.SENDER_KEY, group + "|" + canonical);
    }
}
