package io.greenfinch.gateway.store;

import io.greenfinch.client.store.UnreadableStateException;
import io.greenfinch.protocol.curve.AesGcm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the master key does: closes values (AES-256-GCM, a random nonce each, bound to what they are for) and
 * fingerprints tokens (HMAC-SHA256), with a derived key for either. Thread-safe.
 */
public final class Vault {

    private static final Logger log = LoggerFactory.getLogger(Vault.class);

    private static final int NONCE = 12;

    private final SecretKey sealing;
    private final SecretKey fingerprinting;
    private final SecureRandom random;

    public Vault(MasterKey key, SecureRandom random) {
        this.sealing = derive(key, "seal", "AES");
        this.fingerprinting = derive(key, "fingerprint", "HmacSHA256");
        this.random = random;
    }

    private static SecretKey derive(MasterKey key, String use, String algorithm) {
        try {
            byte[] info = ("greenfinch " + use).getBytes(StandardCharsets.US_ASCII);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(new SecretKeySpec(key.bytes(), "Generic"))
                                    .thenExpand(info, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HKDF-SHA256", e);
        }
    }

    /** Closes a value for one purpose; {@link #open} with another purpose refuses it. */
    public byte[] seal(byte[] plain, String purpose) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] closed = AesGcm.encrypt(sealing, nonce, bytes(purpose), plain);
        return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
    }

    /**
     * Opens what {@link #seal} closed.
     *
     * @throws UnreadableStateException when it was closed with another key or for another purpose, or was changed
     */
    public byte[] open(byte[] sealed, String purpose) {
        if (sealed.length < NONCE + AesGcm.TAG_LENGTH) {
            throw new UnreadableStateException("a closed value is too short: " + purpose);
        }
        return AesGcm.decrypt(sealing, Arrays.copyOf(sealed, NONCE), bytes(purpose), sealed, NONCE)
                .orElseThrow(() ->
                        new UnreadableStateException("a closed value does not open with this master key: " + purpose));
    }

    /** The same; empty, and told in the log, for what does not open: a row that is damaged is no reason to refuse others. */
    Optional<byte[]> readable(byte @Nullable [] sealed, String purpose) {
        try {
            return Optional.of(open(sealed == null ? new byte[0] : sealed, purpose));
        } catch (UnreadableStateException e) {
            log.error("What is stored is damaged in one place: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] bytes(String purpose) {
        return purpose.getBytes(StandardCharsets.UTF_8);
    }

    /** What is kept of a token to know it again. */
    public byte[] fingerprint(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprinting);
            return mac.doFinal(token.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA256", e);
        }
    }

    /** Whether {@code token} has this fingerprint; takes the same time whatever the token. */
    public boolean matches(byte[] fingerprint, String token) {
        return MessageDigest.isEqual(fingerprint, fingerprint(token));
    }
}
