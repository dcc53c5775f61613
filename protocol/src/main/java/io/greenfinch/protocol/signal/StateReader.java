package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Arrays;

/** Reads what {@link StateWriter} wrote, and nothing else: each state has one encoding. */
final class StateReader {

    private static final int MAX_VARINT = 5;
    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private int at;

    StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int number() {
        int value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            int part = one();
            value |= (part & 0x7F) << (7 * i);
            if (part < 0x80) {
                require(part != 0 || i == 0, "a number that is longer than needed");
                require(i < MAX_VARINT - 1 || part < 0x10, "a number that is too large");
                return value;
            }
        }
        throw new MalformedStateException("a number that is too long");
    }

    /** A number in 0…{@code max}. */
    int number(int max) {
        int value = number();
        require(value >= 0 && value <= max, "a number above " + max);
        return value;
    }

    boolean flag() {
        return number(1) == 1;
    }

    byte[] key() {
        return bytes(KeyPair.KEY_LENGTH);
    }

    KeyPair keyPair() {
        return KeyPair.ofKept(key(), key());
    }

    ReceivingChain chain() {
        byte[] key = flag() ? key() : NOTHING;
        int next = number(Integer.MAX_VALUE);
        int[] counters = new int[number(SessionState.MAX_SKIPPED)];
        int last = 0;
        for (int i = 0; i < counters.length; i++) {
            int step = number(Integer.MAX_VALUE);
            require(i == 0 || step > 0, "counters out of order");
            require(step < next - last, "a counter ahead of its chain");
            last += step;
            counters[i] = last;
        }
        byte[] seeds = bytes(counters.length * KeyPair.KEY_LENGTH);
        return new ReceivingChain(
                key, next, counters.length == 0 ? SkippedKeys.NONE : new SkippedKeys(counters, seeds));
    }

    void end() {
        require(at == bytes.length, "bytes after the end");
    }

    private int one() {
        require(at < bytes.length, "an early end");
        return bytes[at++] & 0xFF;
    }

    private byte[] bytes(int length) {
        require(length <= bytes.length - at, "an early end");
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedStateException("a state with " + otherwise);
        }
    }
}
