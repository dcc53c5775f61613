package io.greenfinch.protocol.noise;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256-GCM key with its counter (specification §2.1). Holds no {@link Cipher}: a call makes its own, since thousands
 * of idle sessions keep one of these for each direction.
 */
final class CipherState {

    static final int TAG_LENGTH = 16;

    private static final int IV_LENGTH = 12;
    private static final int COUNTER_OFFSET = 8;
    private static final long MAX_COUNTER = 0xFFFFFFFFL;
    private static final String AES_GCM = "AES/GCM/NoPadding";

    /** Who has it: looking through all providers for each frame costs as much as the frame. */
    private static final Provider PROVIDER = provider();

    private final SecretKeySpec key;
    private long counter;

    CipherState(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(AES_GCM).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-256-GCM", e);
        }
    }

    byte[] encrypt(byte[] associated, byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, associated).doFinal(plaintext);
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
            return cipher(Cipher.DECRYPT_MODE, associated).doFinal(ciphertext);
        } catch (AEADBadTagException e) {
            throw new HandshakeException(HandshakeException.Kind.UNDECRYPTABLE, "wrong tag", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't decrypt with AES-256-GCM", e);
        }
    }

    /** A cipher for the next message. Counts up first, so that no counter is ever used twice. */
    private Cipher cipher(int mode, byte[] associated) throws GeneralSecurityException {
        if (counter > MAX_COUNTER) {
            throw new IllegalStateException("this key has been used for 2^32 messages");
        }
        byte[] iv = new byte[IV_LENGTH];
        ByteBuffer.wrap(iv).putInt(COUNTER_OFFSET, (int) counter++);
        Cipher cipher = Cipher.getInstance(AES_GCM, PROVIDER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
        cipher.updateAAD(associated);
        return cipher;
    }
}
