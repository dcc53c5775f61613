package io.greenfinch.protocol.binary;

import java.util.Arrays;

/** Bytes being collected. Unlike the JDK's stream it takes no lock for each byte, which is most of an encoder's time. */
final class ByteSink {

    private byte[] bytes = new byte[256];
    private int length;

    void write(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
    }

    void write(byte[] more) {
        if (more.length > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length * 2, Math.addExact(length, more.length)));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
