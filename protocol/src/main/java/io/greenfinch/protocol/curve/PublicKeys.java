package io.greenfinch.protocol.curve;

import java.util.Arrays;
import java.util.Optional;

/** The serialized form of public keys inside Signal messages and under signatures (specification §11.1). */
public final class PublicKeys {

    /** The type byte of Curve25519. */
    public static final int TYPE = 5;

    private PublicKeys() {}

    /**
     * The type byte 05, then the 32 bytes of {@code raw}.
     *
     * @throws IllegalArgumentException when the key hasn't 32 bytes
     */
    public static byte[] serialized(byte[] raw) {
        if (raw.length != KeyPair.KEY_LENGTH) {
            throw new IllegalArgumentException("a public key of " + raw.length + " bytes");
        }
        byte[] serialized = new byte[1 + KeyPair.KEY_LENGTH];
        serialized[0] = TYPE;
        System.arraycopy(raw, 0, serialized, 1, KeyPair.KEY_LENGTH);
        return serialized;
    }

    /**
     * The raw key of a {@linkplain #serialized serialized} one, when it is one. The highest bit, which agreement ignores,
     * must not be set: one key shall not come under two names.
     */
    public static Optional<byte[]> raw(byte[] serialized) {
        return serialized.length == 1 + KeyPair.KEY_LENGTH
                        && serialized[0] == TYPE
                        && serialized[KeyPair.KEY_LENGTH] >= 0
                ? Optional.of(Arrays.copyOfRange(serialized, 1, serialized.length))
                : Optional.empty();
    }
}
