package io.greenfinch.protocol.curve;

import java.math.BigInteger;

/** The map between the two forms of the curve (RFC 7748 §4.1), on big integers. */
final class Birational {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private Birational() {}

    /** u = (1 + y) / (1 - y); the sign bit of an encoded point is ignored. */
    static byte[] montgomeryU(byte[] edwards) {
        BigInteger y = number(edwards).clearBit(255);
        return bytes(BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)));
    }

    /** y = (u - 1) / (u + 1). */
    static byte[] edwardsY(byte[] montgomery) {
        BigInteger u = number(montgomery);
        return bytes(u.subtract(BigInteger.ONE).multiply(u.add(BigInteger.ONE).modInverse(P)));
    }

    static BigInteger number(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] bytes(BigInteger number) {
        BigInteger reduced = number.mod(P);
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = reduced.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
