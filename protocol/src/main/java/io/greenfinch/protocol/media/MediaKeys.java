package io.greenfinch.protocol.media;

import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The keys of one file (specification §20.2). Immutable; {@link #toString} does not show them.
 *
 * @param iv 16 bytes; read-only, as the others
 * @param cipherKey 32 bytes
 * @param macKey 32 bytes
 */
public record MediaKeys(byte[] iv, byte[] cipherKey, byte[] macKey) {

    /** The length of the key that a message tells, in bytes. */
    public static final int MEDIA_KEY_LENGTH = 32;

    private static final int IV_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    /** What follows the three is for forms that nobody uses any more. */
    private static final int DERIVED_LENGTH = 112;

    /**
     * Derives them.
     *
     * @throws IllegalArgumentException when the key has another length
     */
    public static MediaKeys derive(byte[] mediaKey, MediaKind kind) {
        if (mediaKey.length != MEDIA_KEY_LENGTH) {
            throw new IllegalArgumentException("a media key of " + mediaKey.length + " bytes");
        }
        byte[] all =
                Hkdf.derive(mediaKey, new byte[0], kind.words().getBytes(StandardCharsets.US_ASCII), DERIVED_LENGTH);
        int cipher = IV_LENGTH;
        int mac = cipher + KEY_LENGTH;
        return new MediaKeys(
                Arrays.copyOf(all, IV_LENGTH),
                Arrays.copyOfRange(all, cipher, mac),
                Arrays.copyOfRange(all, mac, mac + KEY_LENGTH));
    }

    /** A key for a new file. */
    public static byte[] generate(SecureRandom random) {
        byte[] key = new byte[MEDIA_KEY_LENGTH];
        random.nextBytes(key);
        return key;
    }

    @Override
    public String toString() {
        return "MediaKeys[hidden]";
    }
}
