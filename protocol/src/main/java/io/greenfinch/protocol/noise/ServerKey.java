package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A server's static key that a certificate chain has vouched for, as a client keeps it for the next connect (specification
 * §2.4). Immutable.
 *
 * @param key the key, raw; read-only
 * @param rootKey the root under which it was verified, raw; read-only. Under another root it is worth nothing
 * @param notBefore the first moment at which both certificates are valid
 * @param notAfter the last one
 */
public record ServerKey(byte[] key, byte[] rootKey, Instant notBefore, Instant notAfter) {

    public ServerKey {
        if (key.length != KeyPair.KEY_LENGTH || rootKey.length != KeyPair.KEY_LENGTH) {
            throw new IllegalArgumentException("keys of " + key.length + " and " + rootKey.length + " bytes");
        }
    }

    /** Whether the certificates behind it are of this root, and valid at this moment. */
    public boolean isGood(byte[] root, Instant now) {
        return Arrays.equals(rootKey, root) && !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerKey that
                && Arrays.equals(key, that.key)
                && Arrays.equals(rootKey, that.rootKey)
                && notBefore.equals(that.notBefore)
                && notAfter.equals(that.notAfter);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + notAfter.hashCode();
    }

    @Override
    public String toString() {
        return "ServerKey[" + HexFormat.of().formatHex(key) + " until " + notAfter + "]";
    }
}
