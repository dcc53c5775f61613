package io.greenfinch.client.keys;

import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.SignalKeys;
import java.util.Optional;
import java.util.function.Function;

/**
 * Our keys as messages need them. Whoever registers anew has another identity, and so does who only says so: as other clients
 * do, every identity is taken, and a change of one is told by the server (specification §12.4).
 */
public final class HeldKeys implements SignalKeys {

    private final Credentials own;
    private final Function<StateKey, Optional<byte[]>> state;

    /**
     * The keys of a linked companion.
     *
     * @param state where stored keys are found; what it throws comes out unchanged
     */
    public HeldKeys(Credentials own, Function<StateKey, Optional<byte[]>> state) {
        this.own = own;
        this.state = state;
    }

    /** Who we are in every session. */
    public static LocalIdentity local(Credentials own) {
        return new LocalIdentity(own.device().identity(), own.device().registrationId());
    }

    /** Where a one-time prekey stands until it is used up. */
    public static StateKey key(int id) {
        return new StateKey(StateKind.PREKEY, Integer.toString(id));
    }

    @Override
    public KeyPair identity() {
        return own.device().identity();
    }

    @Override
    public Optional<KeyPair> signedPreKey(int id) {
        return own.device().signedPreKey().id() == id
                ? Optional.of(own.device().signedPreKey().keys())
                : state.apply(new StateKey(StateKind.SIGNED_PREKEY, Integer.toString(id)))
                        .map(StoredKeys::signedKeyPair);
    }

    @Override
    public Optional<KeyPair> preKey(int id) {
        return state.apply(key(id)).map(StoredKeys::keyPair);
    }

    @Override
    public boolean trusts(byte[] identityKey) {
        return true;
    }
}
