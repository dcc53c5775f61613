package io.greenfinch.protocol.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.curve.AesGcm;
import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is sent about an earlier message for those who have its secret: votes, reactions, edits (specification §14.9).
 * Pure functions.
 */
public final class MessageSecret {

    /** The length of a secret in bytes. */
    public static final int LENGTH = 32;

    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;

    private MessageSecret() {}

    /** What is encrypted. */
    public enum Use {
        POLL_VOTE("Poll Vote", true),
        REACTION("Enc Reaction", false),
        EDIT("Message Edit", false);

        private final String words;
        private final boolean authenticated;

        Use(String words, boolean authenticated) {
            this.words = words;
            this.authenticated = authenticated;
        }
    }

    /**
     * The message that it is about.
     *
     * @param author the account that wrote it, by the name that counts in its chat
     */
    public record Original(byte[] secret, String id, Jid author) {

        private byte[] key(Use use, Jid sender) {
            String info = id + author.account() + sender.account() + use.words;
            return Hkdf.derive(secret, new byte[0], info.getBytes(StandardCharsets.UTF_8), KEY_LENGTH);
        }

        private byte[] associated(Use use, Jid sender) {
            return use.authenticated ? (id + '\0' + sender.account()).getBytes(StandardCharsets.UTF_8) : new byte[0];
        }

        @Override
        public String toString() {
            return "Original[" + id + "]";
        }
    }

    /** What was encrypted, with its nonce. */
    public record Sealed(byte[] payload, byte[] nonce) {

        @Override
        public String toString() {
            return "Sealed[" + payload.length + " bytes]";
        }
    }

    /** A secret for a message. */
    public static byte[] generate(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    /** Encrypts for those who have the original's secret. */
    public static Sealed encrypt(Use use, Original original, Jid sender, byte[] plaintext, SecureRandom random) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        SecretKeySpec key = new SecretKeySpec(original.key(use, sender), "AES");
        return new Sealed(AesGcm.encrypt(key, nonce, original.associated(use, sender), plaintext), nonce);
    }

    /** What somebody has encrypted; empty when it was not encrypted so, or by somebody of another name. */
    public static Optional<byte[]> decrypt(Use use, Original original, Jid sender, Sealed sealed) {
        if (sealed.nonce.length != NONCE_LENGTH || original.secret.length != LENGTH) {
            return Optional.empty();
        }
        SecretKeySpec key = new SecretKeySpec(original.key(use, sender), "AES");
        return AesGcm.decrypt(key, sealed.nonce, original.associated(use, sender), sealed.payload, 0);
    }
}
