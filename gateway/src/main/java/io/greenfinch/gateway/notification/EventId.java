package io.greenfinch.gateway.notification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What an event is known by: 32 hexadecimal digits that are made of its cause, so that the same cause, however often it
 * comes, is the same event. Receivers tell repeats by it.
 */
public record EventId(String text) {

    private static final int BYTES = 16;

    /**
     * The id of what happened to an instance.
     *
     * @param cause words that are the same whenever it is the same cause, and never otherwise
     */
    public static EventId of(long instance, List<String> cause) {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, instance));
        for (String word : cause) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            // With its length, so that no two lists of words run into the same bytes.
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return new EventId(HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
