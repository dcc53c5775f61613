package io.greenfinch.protocol.curve;

/**
 * Arithmetic modulo the order L of Curve25519's base point, on secrets: no branch and no array index depends on a value.
 * Scalars are 32 bytes, little-endian, as in RFC 8032.
 *
 * <p>The reduction is the plainest one there is, a bit at a time. At some microseconds a signature it isn't worth being
 * cleverer, and so it can be checked by reading.
 */
final class Scalars {

    private static final int WORDS = 8;
    private static final int WORD_BITS = 32;
    private static final long WORD_MASK = 0xFFFFFFFFL;

    /** L = 2^252 + 27742317777372353535851937790883648493, in 32-bit words, lowest first. */
    private static final int[] L = {0x5CF5D3ED, 0x5812631A, 0xA2F79CD6, 0x14DEF9DE, 0, 0, 0, 0x10000000};

    private Scalars() {}

    /** {@code value} modulo L. The value is little-endian and of any length that is a multiple of four bytes. */
    static byte[] reduce(byte[] value) {
        return bytes(reduce(words(value)));
    }

    /** {@code a * b + c} modulo L. */
    static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
        int[] x = words(a);
        int[] y = words(b);
        int[] sum = new int[2 * WORDS];
        System.arraycopy(words(c), 0, sum, 0, WORDS);
        for (int i = 0; i < WORDS; i++) {
            long carry = 0;
            for (int j = 0; j < WORDS; j++) {
                carry += (x[i] & WORD_MASK) * (y[j] & WORD_MASK) + (sum[i + j] & WORD_MASK);
                sum[i + j] = (int) carry;
                carry >>>= WORD_BITS;
            }
            for (int j = i + WORDS; j < sum.length; j++) {
                carry += sum[j] & WORD_MASK;
                sum[j] = (int) carry;
                carry >>>= WORD_BITS;
            }
        }
        return bytes(reduce(sum));
    }

    /** {@code -value} modulo L when {@code negate} is 1, {@code value} when it is 0. The value must be below L. */
    static byte[] negateIf(int negate, byte[] value) {
        int[] plain = words(value);
        int[] opposite = new int[WORDS];
        subtract(L, plain, opposite);
        int mask = -negate;
        for (int i = 0; i < WORDS; i++) {
            plain[i] ^= (plain[i] ^ opposite[i]) & mask;
        }
        return bytes(reduce(plain));
    }

    private static int[] reduce(int[] value) {
        int[] rest = new int[WORDS];
        int[] less = new int[WORDS];
        for (int bit = value.length * WORD_BITS - 1; bit >= 0; bit--) {
            int carry = (value[bit / WORD_BITS] >>> (bit % WORD_BITS)) & 1;
            for (int i = 0; i < WORDS; i++) {
                int top = rest[i] >>> (WORD_BITS - 1);
                rest[i] = (rest[i] << 1) | carry;
                carry = top;
            }
            // rest < 2L < 2^256 here: one subtraction is enough, and is undone by selection when it went below zero.
            int keep = subtract(rest, L, less);
            for (int i = 0; i < WORDS; i++) {
                rest[i] = (rest[i] & keep) | (less[i] & ~keep);
            }
        }
        return rest;
    }

    /** Writes {@code a - b} to {@code difference}; returns all ones when that is negative, else 0. */
    private static int subtract(int[] a, int[] b, int[] difference) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            borrow += (a[i] & WORD_MASK) - (b[i] & WORD_MASK);
            difference[i] = (int) borrow;
            borrow >>= WORD_BITS;
        }
        return (int) borrow;
    }

    private static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / 4];
        for (int i = 0; i < bytes.length; i++) {
            words[i / 4] |= (bytes[i] & 0xFF) << (8 * (i % 4));
        }
        return words;
    }

    private static byte[] bytes(int[] words) {
        byte[] bytes = new byte[words.length * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / 4] >>> (8 * (i % 4)));
        }
        return bytes;
    }
}
