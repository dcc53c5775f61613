package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Sessions as bytes. */
final class SessionCodec {

    private static final int VERSION = 1;

    private SessionCodec() {}

    static byte[] encode(SignalSession session) {
        StateWriter out = new StateWriter()
                .number(VERSION)
                .number(session.active().isPresent() ? 1 : 0)
                .number(session.archived().size());
        session.states().forEach(state -> write(state, out));
        return out.written();
    }

    static SignalSession decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int version = in.number();
        if (version != VERSION) {
            throw new MalformedStateException("a session in format " + version);
        }
        boolean isActive = in.flag();
        int count = in.number(SignalSession.MAX_ARCHIVED);
        Optional<SessionState> active = isActive ? Optional.of(read(in)) : Optional.empty();
        List<SessionState> archived = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            archived.add(read(in));
        }
        in.end();
        return new SignalSession(active, archived);
    }

    private static void write(SessionState state, StateWriter out) {
        out.bytes(state.baseKey())
                .bytes(state.remoteIdentity())
                .number(state.remoteRegistrationId())
                .bytes(state.root())
                .bytes(state.ratchet().privateKey())
                .bytes(state.ratchet().publicKey())
                .number(state.sending().isPresent() ? 1 : 0);
        state.sending().ifPresent(link -> out.bytes(link.key()).number(link.index()));
        out.number(state.previousCounter()).number(state.pending().isPresent() ? 1 : 0);
        state.pending().ifPresent(start -> {
            out.number(start.signedPreKeyId()).number(start.preKeyId().isPresent() ? 1 : 0);
            start.preKeyId().ifPresent(out::number);
        });
        out.number(state.chains().size());
        state.chains().forEach(chain -> out.bytes(chain.ratchetKey()).chain(chain.chain()));
    }

    private static SessionState read(StateReader in) {
        byte[] baseKey = in.key();
        byte[] remoteIdentity = in.key();
        int remoteRegistrationId = in.number();
        byte[] root = in.key();
        KeyPair ratchet = in.keyPair();
        Optional<ChainKey> sending =
                in.flag() ? Optional.of(new ChainKey(in.key(), in.number(Integer.MAX_VALUE))) : Optional.empty();
        int previousCounter = in.number(Integer.MAX_VALUE);
        Optional<PendingStart> pending = in.flag()
                ? Optional.of(
                        new PendingStart(in.number(), in.flag() ? OptionalInt.of(in.number()) : OptionalInt.empty()))
                : Optional.empty();
        int count = in.number(SessionState.MAX_CHAINS);
        List<RatchetChain> chains = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chains.add(new RatchetChain(in.key(), in.chain()));
        }
        return new SessionState(
                baseKey,
                remoteIdentity,
                remoteRegistrationId,
                root,
                ratchet,
                sending,
                previousCounter,
                pending,
                List.copyOf(chains));
    }
}
