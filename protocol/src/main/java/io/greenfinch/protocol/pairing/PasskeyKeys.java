package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What both sides of linking by a passkey derive (specification §8). */
final class PasskeyKeys {

    static final int NONCE_LENGTH = 32;
    static final int IV_LENGTH = 12;
    static final byte[] NO_ASSOCIATED = {};

    private static final byte[] KEY_INFO = ascii("Pairing Information Encryption Key");
    private static final byte[] HANDOFF_INFO = ascii("shortcake-passkey-handoff-v1");
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_LENGTH = 32;

    private PasskeyKeys() {}

    /** What the companion commits itself to before it knows the phone's key. */
    static byte[] commitment(byte[] companionIdentity, byte[] companionNonce) {
        return sha256(companionIdentity, companionNonce);
    }

    /** What the phone shows, and the companion: the same only when nobody stands between them. */
    static LinkCode code(byte[] companionNonce, byte[] phoneKey, byte[] phoneNonce) {
        byte[] bytes = sha256(companionNonce, phoneKey);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= phoneNonce[i];
        }
        return LinkCode.of(bytes);
    }

    /** Under which the companion's request goes to the phone. */
    static SecretKey requestKey(byte[] shared, int deviceType, String ref) {
        byte[] salt = ("Companion Pairing " + deviceType + " with ref " + ref).getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(Hkdf.derive(shared, salt, KEY_INFO, KEY_LENGTH), "AES");
    }

    /** That a prologue comes from who showed the code that the phone has seen, whose secret this is. */
    static byte[] handoffProof(byte[] shownSecret, byte[] prologue) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Hkdf.derive(shownSecret, new byte[0], HANDOFF_INFO, KEY_LENGTH), HMAC));
            return mac.doFinal(prologue);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks " + HMAC, e);
        }
    }

    private static byte[] sha256(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return digest.digest(second);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
