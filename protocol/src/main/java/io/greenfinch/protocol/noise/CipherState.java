package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.AesGcm;
import java.nio.ByteBuffer;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256-GCM key with its counter (specification §2.1). Holds no cipher: thousands of idle sessions keep one of these
 * for each direction.
 */
final class CipherState {

    static final int TAG_LENGTH = AesGcm.TAG_LENGTH;

    private static final int NONCE_LENGTH = 12;
    private static final int COUNTER_OFFSET = 8;
    private static final long MAX_COUNTER = 0xFFFFFFFFL;
    private final SecretKeySpec key;
    private long counter;

    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] encrypt(byte[] associated, byte[] plaintext) {
        return AesGcm.encrypt(key, nextNonce(), associated, plaintext);
    }

    byte[] decrypt(byte[] associated, byte[] ciphertext) {
        if (ciphertext.length < TAG_LENGTH) {
            throw new HandshakeException(
                    HandshakeException.Kind.UNDECRYPTABLE, "a ciphertext of " + ciphertext.length + " bytes");
        }
        return AesGcm.decrypt(key, nextNonce(), associated, ciphertext, 0)
                .orElseThrow(() -> new HandshakeException(HandshakeException.Kind.UNDECRYPTABLE, "wrong tag"));
    }

    /** Counts up first, so that no counter is ever used twice. */
    private byte[] nextNonce() {
        if (counter > MAX_COUNTER) {
            throw new IllegalStateException("this key has been used for 2^32 messages");
        }
        byte[] nonce = new byte[NONCE_LENGTH];
        ByteBuffer.wrap(nonce).putInt(COUNTER_OFFSET, (int) counter++);
        return nonce;
    }
}
