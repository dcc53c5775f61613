package io.greenfinch.protocol.signal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.greenfinch.protocol.curve.Hkdf;
import io.greenfinch.protocol.curve.KeyPair;
import java.util.Arrays;

/**
 * What two devices derive from what they agreed on: the key of the next step, and a chain (specification §11.2).
 *
 * @param root 32 bytes; read-only
 * @param chain first key of the chain, 32 bytes; read-only
 */
record DerivedKeys(byte[] root, byte[] chain) {

    private static final byte[] START = "WhisperText".getBytes(US_ASCII);
    private static final byte[] RATCHET = "WhisperRatchet".getBytes(US_ASCII);
    private static final byte[] NO_SALT = {};

    /** From the agreements with which a session starts. */
    static DerivedKeys ofStart(byte[] master) {
        return split(Hkdf.derive(master, NO_SALT, START, 2 * KeyPair.KEY_LENGTH));
    }

    /** From one step of the ratchet. */
    static DerivedKeys ofStep(byte[] root, byte[] agreed) {
        return split(Hkdf.derive(agreed, root, RATCHET, 2 * KeyPair.KEY_LENGTH));
    }

    private static DerivedKeys split(byte[] keys) {
        return new DerivedKeys(
                Arrays.copyOf(keys, KeyPair.KEY_LENGTH),
                Arrays.copyOfRange(keys, KeyPair.KEY_LENGTH, 2 * KeyPair.KEY_LENGTH));
    }

    @Override
    public String toString() {
        return "DerivedKeys[hidden]";
    }
}
