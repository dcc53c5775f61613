package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;

/** The DH steps of a handshake, with keys of the other side that may be anything. */
final class Agreement {

    private Agreement() {}

    static byte[] of(KeyPair ours, byte[] theirs) {
        try {
            return ours.agree(theirs);
        } catch (InvalidKeyException e) {
            throw new HandshakeException(HandshakeException.Kind.BAD_KEY, "no agreement", e);
        }
    }

    static void requireLength(byte[] key) {
        if (key.length != KeyPair.KEY_LENGTH) {
            throw new HandshakeException(HandshakeException.Kind.BAD_KEY, "a key of " + key.length + " bytes");
        }
    }
}
