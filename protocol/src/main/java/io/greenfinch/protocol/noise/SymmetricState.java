package io.greenfinch.protocol.noise;

import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Noise's symmetric state: transcript hash, chaining key and current cipher (specification §2.1). */
final class SymmetricState {

    private static final int KEY_LENGTH = 32;
    private static final byte[] NOTHING = {};

    /** 28 characters; Noise fills names up to the length of a hash with zero bytes and uses them as they are. */
    private static final String NAME = "Noise_XX_25519_AESGCM_SHA256";

    private static final String IK_NAME = "Noise_IK_25519_AESGCM_SHA256";

    /** 36 characters; Noise hashes names that are longer than a hash. */
    private static final String FALLBACK_NAME = "Noise_XXfallback_25519_AESGCM_SHA256";

    private byte[] hash;
    private byte[] chainingKey;
    private CipherState cipher;

    SymmetricState(byte[] prologue) {
        this(Arrays.copyOf(ascii(NAME), KEY_LENGTH), prologue);
    }

    private SymmetricState(byte[] name, byte[] prologue) {
        hash = name;
        chainingKey = hash;
        cipher = new CipherState(hash);
        mixHash(prologue);
    }

    /** The state with which XX goes on after the responder turned an IK hello down (specification §2.4). */
    static SymmetricState fallback(byte[] prologue) {
        return new SymmetricState(sha256().digest(ascii(FALLBACK_NAME)), prologue);
    }

    /** The state with which a client resumes that knows the responder's key (specification §2.4). */
    static SymmetricState ik(byte[] prologue) {
        return new SymmetricState(Arrays.copyOf(ascii(IK_NAME), KEY_LENGTH), prologue);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    void mixHash(byte[] data) {
        MessageDigest digest = sha256();
        digest.update(hash);
        hash = digest.digest(data);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    void mixKey(byte[] agreed) {
        byte[] keys = Hkdf.derive(agreed, chainingKey, NOTHING, 2 * KEY_LENGTH);
        chainingKey = Arrays.copyOf(keys, KEY_LENGTH);
        cipher = new CipherState(Arrays.copyOfRange(keys, KEY_LENGTH, 2 * KEY_LENGTH));
    }

    byte[] encryptAndHash(byte[] plaintext) {
        byte[] ciphertext = cipher.encrypt(hash, plaintext);
        mixHash(ciphertext);
        return ciphertext;
    }

    byte[] decryptAndHash(byte[] ciphertext) {
        byte[] plaintext = cipher.decrypt(hash, ciphertext);
        mixHash(ciphertext);
        return plaintext;
    }

    /** The keys of the transport phase, the initiator's sending one first. */
    Split split() {
        byte[] keys = Hkdf.derive(NOTHING, chainingKey, NOTHING, 2 * KEY_LENGTH);
        return new Split(
                new CipherState(Arrays.copyOf(keys, KEY_LENGTH)),
                new CipherState(Arrays.copyOfRange(keys, KEY_LENGTH, 2 * KEY_LENGTH)));
    }

    /** The ciphers of the transport phase. */
    record Split(CipherState fromInitiator, CipherState fromResponder) {}
}
