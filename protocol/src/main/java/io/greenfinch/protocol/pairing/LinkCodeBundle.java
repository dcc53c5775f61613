package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.AesGcm;
import io.greenfinch.protocol.curve.Hkdf;
import io.greenfinch.protocol.curve.KeyPair;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** What a companion tells the phone in the third stage of pairing by code, and the secret both derive (specification §8). */
final class LinkCodeBundle {

    static final int WRAPPED_LENGTH = 156;

    private static final byte[] BUNDLE_INFO =
            "link_code_pairing_key_bundle_encryption_key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECRET_INFO = "adv_secret".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_LENGTH = 32;
    private static final int IV_LENGTH = 12;
    private static final int KEY_LENGTH = KeyPair.KEY_LENGTH;
    private static final byte[] NO_ASSOCIATED = {};

    private LinkCodeBundle() {}

    /** Both identities and 32 random bytes. */
    record Content(byte[] companionIdentity, byte[] phoneIdentity, byte[] random) {}

    static byte[] seal(Content content, byte[] shared, SecureRandom random) {
        byte[] head = new byte[SALT_LENGTH + IV_LENGTH];
        random.nextBytes(head);
        byte[] plain = concatenate(content.companionIdentity(), content.phoneIdentity(), content.random());
        byte[] encrypted = AesGcm.encrypt(key(shared, head), nonce(head), NO_ASSOCIATED, plain);
        return concatenate(head, encrypted);
    }

    /** Empty when the bytes were not sealed under {@code shared}: the code was wrong. */
    static Optional<Content> open(byte[] sealed, byte[] shared) {
        if (sealed.length != WRAPPED_LENGTH) {
            return Optional.empty();
        }
        return AesGcm.decrypt(key(shared, sealed), nonce(sealed), NO_ASSOCIATED, sealed, SALT_LENGTH + IV_LENGTH)
                .map(plain -> new Content(
                        Arrays.copyOfRange(plain, 0, KEY_LENGTH),
                        Arrays.copyOfRange(plain, KEY_LENGTH, 2 * KEY_LENGTH),
                        Arrays.copyOfRange(plain, 2 * KEY_LENGTH, 3 * KEY_LENGTH)));
    }

    static byte[] advSecret(byte[] shared, byte[] identityShared, byte[] random) {
        return Hkdf.derive(concatenate(shared, identityShared, random), new byte[0], SECRET_INFO, KEY_LENGTH);
    }

    private static SecretKeySpec key(byte[] shared, byte[] head) {
        return new SecretKeySpec(Hkdf.derive(shared, Arrays.copyOf(head, SALT_LENGTH), BUNDLE_INFO, KEY_LENGTH), "AES");
    }

    private static byte[] nonce(byte[] head) {
        return Arrays.copyOfRange(head, SALT_LENGTH, SALT_LENGTH + IV_LENGTH);
    }

    private static byte[] concatenate(byte[]... parts) {
        byte[] whole =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, position, part.length);
            position += part.length;
        }
        return whole;
    }
}
