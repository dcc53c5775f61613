package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.curve.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * A sum over the entries of a collection, from which entries can be taken again: 64 numbers of 16 bits, which wrap around
 * (specification §23.2). Immutable.
 */
public final class LtHash {

    /** Its length in bytes. */
    public static final int LENGTH = 128;

    /** Of no entries. */
    public static final LtHash EMPTY = new LtHash(new byte[LENGTH]);

    private static final byte[] INFO = "WhatsApp Patch Integrity".getBytes(StandardCharsets.US_ASCII);

    private final byte[] sum;

    private LtHash(byte[] sum) {
        this.sum = sum;
    }

    /**
     * The sum that {@link #bytes} told.
     *
     * @throws IllegalArgumentException for another length than {@value #LENGTH}
     */
    public static LtHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes of a sum");
        }
        return new LtHash(bytes.clone());
    }

    public byte[] bytes() {
        return sum.clone();
    }

    /** The sum without the entries of some value MACs, and with those of others. */
    LtHash change(Collection<byte[]> taken, Collection<byte[]> added) {
        byte[] changed = sum.clone();
        taken.forEach(mac -> add(changed, mac, -1));
        added.forEach(mac -> add(changed, mac, 1));
        return new LtHash(changed);
    }

    private static void add(byte[] sum, byte[] mac, int times) {
        byte[] numbers = Hkdf.derive(mac, new byte[0], INFO, LENGTH);
        for (int at = 0; at < LENGTH; at += 2) {
            int added = number(sum, at) + times * number(numbers, at);
            sum[at] = (byte) added;
            sum[at + 1] = (byte) (added >> 8);
        }
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LtHash that && Arrays.equals(sum, that.sum);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sum);
    }
}
