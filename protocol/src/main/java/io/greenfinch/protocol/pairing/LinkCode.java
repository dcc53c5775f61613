package io.greenfinch.protocol.pairing;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The eight characters that a person types on the phone to link a companion, and the encryption under them
 * (specification §8). Immutable and thread-safe; {@link #toString()} hides the code.
 *
 * <p>A wrong code can't be noticed when unwrapping: the result is then just another 32 bytes, and the linking fails later.
 */
public final class LinkCode {

    /** Length of a wrapped key: salt, counter block, encrypted key. */
    public static final int WRAPPED_LENGTH = 80;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
    private static final int CHARACTERS = 8;
    private static final int BITS_PER_CHARACTER = 5;
    private static final int BYTES = CHARACTERS * BITS_PER_CHARACTER / Byte.SIZE;
    private static final int ITERATIONS = 1 << 17;
    private static final int SALT_LENGTH = 32;
    private static final int IV_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    private final String characters;

    private LinkCode(String characters) {
        this.characters = characters;
    }

    /** A new code from 40 random bits. */
    public static LinkCode generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** The code that the first 40 bits are. */
    static LinkCode of(byte[] bytes) {
        long bits = 0;
        for (int i = 0; i < BYTES; i++) {
            bits = (bits << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        StringBuilder characters = new StringBuilder(CHARACTERS);
        for (int i = CHARACTERS - 1; i >= 0; i--) {
            characters.append(ALPHABET.charAt((int) (bits >> (i * BITS_PER_CHARACTER)) & 0x1F));
        }
        return new LinkCode(characters.toString());
    }

    /** Reads a code as a person types it: dashes and spaces don't matter, nor does the case. */
    public static Optional<LinkCode> parse(String typed) {
        String characters = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        boolean valid = characters.length() == CHARACTERS && characters.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        return valid ? Optional.of(new LinkCode(characters)) : Optional.empty();
    }

    /** The eight characters without a dash. */
    public String characters() {
        return characters;
    }

    /** Encrypts a public key under this code: 80 bytes. Takes tens of milliseconds, by design of the protocol. */
    byte[] wrap(byte[] publicKey, SecureRandom random) {
        byte[] head = new byte[SALT_LENGTH + IV_LENGTH];
        random.nextBytes(head);
        byte[] wrapped = Arrays.copyOf(head, WRAPPED_LENGTH);
        byte[] encrypted = crypt(head, publicKey);
        System.arraycopy(encrypted, 0, wrapped, head.length, KEY_LENGTH);
        return wrapped;
    }

    /** Decrypts what {@link #wrap} made under the same code. The argument must have {@link #WRAPPED_LENGTH} bytes. */
    byte[] unwrap(byte[] wrapped) {
        return crypt(wrapped, Arrays.copyOfRange(wrapped, SALT_LENGTH + IV_LENGTH, WRAPPED_LENGTH));
    }

    private byte[] crypt(byte[] head, byte[] key) {
        try {
            PBEKeySpec password = new PBEKeySpec(
                    characters.toCharArray(), Arrays.copyOf(head, SALT_LENGTH), ITERATIONS, KEY_LENGTH * Byte.SIZE);
            byte[] secret = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(password)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(secret, "AES"),
                    new IvParameterSpec(head, SALT_LENGTH, IV_LENGTH));
            return cipher.doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks PBKDF2 or AES-CTR", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkCode code && characters.equals(code.characters);
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    @Override
    public String toString() {
        return "LinkCode[hidden]";
    }
}
