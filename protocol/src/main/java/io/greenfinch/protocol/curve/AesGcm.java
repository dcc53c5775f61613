package io.greenfinch.protocol.curve;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES in Galois/counter mode with a tag of 16 bytes behind the ciphertext (NIST SP 800-38D), the key and the nonce being
 * the caller's. Thread-safe: the JDK's ciphers, which are large beside what they encrypt, are used again by whoever comes
 * next.
 */
public final class AesGcm {

    /** The length of a tag in bytes. */
    public static final int TAG_LENGTH = 16;

    private static final String NAME = "AES/GCM/NoPadding";

    /** Who has it: looking through all providers for each message costs as much as the message. */
    private static final Provider PROVIDER = provider();

    /** Ciphers that nobody uses just now. */
    private static final @Nullable Cipher[] IDLE = new Cipher[8];

    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Cipher[].class);

    private AesGcm() {}

    /** The ciphertext and its tag. The nonce must never have been used with this key. */
    public static byte[] encrypt(SecretKey key, byte[] nonce, byte[] associated, byte[] plaintext) {
        try {
            return run(Cipher.ENCRYPT_MODE, key, nonce, associated, plaintext, 0);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("a tag was checked in encrypting", e);
        }
    }

    /** What was encrypted to the bytes of {@code ciphertext} from an offset to its end; empty when the tag is wrong. */
    public static Optional<byte[]> decrypt(
            SecretKey key, byte[] nonce, byte[] associated, byte[] ciphertext, int offset) {
        if (ciphertext.length - offset < TAG_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(run(Cipher.DECRYPT_MODE, key, nonce, associated, ciphertext, offset));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] associated, byte[] input, int offset)
            throws AEADBadTagException {
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce);
        int place = nonce[nonce.length - 1] & (IDLE.length - 1); // it differs from message to message
        Cipher cipher = (Cipher) PLACE.getAndSet(IDLE, place, null);
        try {
            if (cipher == null || !begins(cipher, mode, key, parameters)) {
                cipher = Cipher.getInstance(NAME, PROVIDER);
                cipher.init(mode, key, parameters);
            }
            cipher.updateAAD(associated);
            byte[] output = cipher.doFinal(input, offset, input.length - offset);
            PLACE.setRelease(IDLE, place, cipher);
            return output;
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's AES-GCM refuses what it is given", e);
        }
    }

    /**
     * False for the key and nonce with which this cipher has just encrypted: it takes them for a repetition, which only
     * callers can tell, for the cipher serves all of them.
     */
    private static boolean begins(Cipher cipher, int mode, SecretKey key, GCMParameterSpec parameters)
            throws InvalidKeyException {
        try {
            cipher.init(mode, key, parameters);
            return true;
        } catch (InvalidAlgorithmParameterException e) {
            return false;
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(NAME).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-GCM", e);
        }
    }
}
