package io.greenfinch.protocol.message;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** The padding of a message before it is encrypted (specification §11.4): n bytes of value n. */
public final class MessagePadding {

    private static final int MAX = 16;

    private MessagePadding() {}

    /** The message with 1…16 bytes behind it. */
    public static byte[] pad(byte[] message, SecureRandom random) {
        int count = 1 + random.nextInt(MAX);
        byte[] padded = Arrays.copyOf(message, message.length + count);
        Arrays.fill(padded, message.length, padded.length, (byte) count);
        return padded;
    }

    /** The message without its padding; empty when there is none. As other clients do, only the last byte is looked at. */
    public static Optional<byte[]> strip(byte[] padded) {
        int count = padded.length == 0 ? 0 : padded[padded.length - 1] & 0xFF;
        return count == 0 || count > padded.length
                ? Optional.empty()
                : Optional.of(Arrays.copyOf(padded, padded.length - count));
    }
}
