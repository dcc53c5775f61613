package io.greenfinch.protocol.signal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.greenfinch.protocol.curve.Hkdf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one message (specification §11.3, §11.5). Arrays are read-only.
 *
 * @param cipherKey for AES-256-CBC
 * @param macKey for the MAC; empty in groups, where messages are signed
 * @param iv the initialisation vector
 */
record MessageKeys(byte[] cipherKey, byte[] macKey, byte[] iv) {

    static final int MAC_LENGTH = 8;

    private static final byte[] SESSION = "WhisperMessageKeys".getBytes(US_ASCII);
    private static final byte[] GROUP = "WhisperGroup".getBytes(US_ASCII);
    private static final int KEY = 32;
    private static final int IV = 16;
    private static final byte[] NOTHING = {};

    static MessageKeys ofSession(byte[] seed) {
        byte[] keys = Hkdf.derive(seed, NOTHING, SESSION, KEY + KEY + IV);
        return new MessageKeys(
                Arrays.copyOf(keys, KEY),
                Arrays.copyOfRange(keys, KEY, 2 * KEY),
                Arrays.copyOfRange(keys, 2 * KEY, keys.length));
    }

    static MessageKeys ofGroup(byte[] seed) {
        byte[] keys = Hkdf.derive(seed, NOTHING, GROUP, IV + KEY);
        return new MessageKeys(Arrays.copyOfRange(keys, IV, keys.length), NOTHING, Arrays.copyOf(keys, IV));
    }

    byte[] encrypt(byte[] plaintext) {
        try {
            return cipher(Cipher.ENCRYPT_MODE).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't encrypt with AES-256-CBC", e);
        }
    }

    /** Empty when the sender padded wrongly; to be called only once the message is known to be genuine. */
    Optional<byte[]> decrypt(byte[] ciphertext) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE).doFinal(ciphertext));
        } catch (BadPaddingException | IllegalBlockSizeException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK can't decrypt with AES-256-CBC", e);
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(cipherKey, "AES"), new IvParameterSpec(iv));
        return cipher;
    }

    byte[] mac(byte[]... parts) {
        return Arrays.copyOf(Hmac.of(macKey, parts), MAC_LENGTH);
    }

    /** Compares in a time that doesn't tell how much of the MAC is right. */
    boolean verify(byte[] mac, byte[]... parts) {
        return MessageDigest.isEqual(mac, mac(parts));
    }

    @Override
    public String toString() {
        return "MessageKeys[hidden]";
    }
}
