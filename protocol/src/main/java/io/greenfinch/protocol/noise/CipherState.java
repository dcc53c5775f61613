package io.greenfinch.protocol.noise;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256-GCM key with its counter (specification §2.1). Holds no {@link Cipher}, since thousands of idle sessions keep one
 * of these for each direction: calls share a few, for one takes longer to make than to use.
 */
final class CipherState {

    static final int TAG_LENGTH = 16;

    private static final int IV_LENGTH = 12;
    private static final int COUNTER_OFFSET = 8;
    private static final long MAX_COUNTER = 0xFFFFFFFFL;

    /** Ciphers that nobody uses now. */
    private static final Queue<Cipher> SPARE = new ArrayBlockingQueue<>(16);

    private final SecretKeySpec key;
    private long counter;

    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] encrypt(byte[] associated, byte[] plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, associated, plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't encrypt with AES-256-GCM", e);
        }
    }

    byte[] decrypt(byte[] associated, byte[] ciphertext) {
        if (ciphertext.length < TAG_LENGTH) {
            throw new HandshakeException(
                    HandshakeException.Kind.UNDECRYPTABLE, "a ciphertext of " + ciphertext.length + " bytes");
        }
        try {
            return run(Cipher.DECRYPT_MODE, associated, ciphertext);
        } catch (AEADBadTagException e) {
            throw new HandshakeException(HandshakeException.Kind.UNDECRYPTABLE, "wrong tag", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't decrypt with AES-256-GCM", e);
        }
    }

    /** Counts up first, so that no counter is ever used twice. */
    private byte[] run(int mode, byte[] associated, byte[] text) throws GeneralSecurityException {
        if (counter > MAX_COUNTER) {
            throw new IllegalStateException("this key has been used for 2^32 messages");
        }
        byte[] iv = new byte[IV_LENGTH];
        ByteBuffer.wrap(iv).putInt(COUNTER_OFFSET, (int) counter++);
        Cipher cipher = initialized(mode, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
        cipher.updateAAD(associated);
        byte[] result = cipher.doFinal(text);
        SPARE.offer(cipher);
        return result;
    }

    private Cipher initialized(int mode, GCMParameterSpec parameters) throws GeneralSecurityException {
        Cipher spare = SPARE.poll();
        if (spare != null) {
            try {
                spare.init(mode, key, parameters);
                return spare;
            } catch (InvalidAlgorithmParameterException e) {
                // It encrypted the last message of another state with the same key and counter, as in a replayed
                // handshake.
                return fresh(mode, parameters);
            }
        }
        return fresh(mode, parameters);
    }

    private Cipher fresh(int mode, GCMParameterSpec parameters) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, parameters);
        return cipher;
    }
}
