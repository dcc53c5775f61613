package io.greenfinch.protocol.curve;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A point of the twisted Edwards curve edwards25519 in extended coordinates, and multiples of its base point in time that
 * doesn't depend on the scalar. Addition is complete: it also doubles, and takes the neutral element.
 *
 * <p>Field elements go through at most one addition between two multiplications, which is what Bouncy Castle's
 * representation has headroom for.
 */
final class EdwardsPoint {

    private static final int ENCODED_LENGTH = 32;

    private final int[] x;
    private final int[] y;
    private final int[] z;
    private final int[] t;

    private EdwardsPoint(int[] x, int[] y, int[] z, int[] t) {
        this.x = x;
        this.y = y;
        this.z = z;
        this.t = t;
    }

    static EdwardsPoint neutral() {
        return new EdwardsPoint(element(), elementOf(1), elementOf(1), element());
    }

    /**
     * The multiple of the base point by a secret scalar.
     *
     * @param scalar 32 bytes, little-endian, below 2^255
     */
    static EdwardsPoint baseMultiple(byte[] scalar) {
        int[] digits = signedDigits(scalar);
        EdwardsPoint sum = neutral();
        for (int i = 1; i < digits.length; i += 2) {
            sum = sum.plus(BaseTable.multiple(i / 2, digits[i]));
        }
        for (int i = 0; i < 4; i++) {
            sum = sum.plus(sum.addend());
        }
        for (int i = 0; i < digits.length; i += 2) {
            sum = sum.plus(BaseTable.multiple(i / 2, digits[i]));
        }
        return sum;
    }

    /** The 64 digits of a scalar to base 16, lowest first, each in -8…8. */
    private static int[] signedDigits(byte[] scalar) {
        int[] digits = new int[2 * scalar.length];
        int carry = 0;
        for (int i = 0; i < digits.length; i++) {
            int digit = ((scalar[i / 2] >> (4 * (i % 2))) & 0xF) + carry;
            carry = i == digits.length - 1 ? 0 : (digit + 8) >> 4;
            digits[i] = digit - (carry << 4);
        }
        return digits;
    }

    EdwardsPoint plus(Addend other) {
        int[] a = element();
        int[] b = element();
        int[] c = element();
        int[] d = element();
        X25519Field.apm(y, x, b, a);
        X25519Field.mul(a, other.yMinusX, a);
        X25519Field.mul(b, other.yPlusX, b);
        X25519Field.mul(t, other.t2d, c);
        X25519Field.mul(z, other.z2, d);
        int[] e = element();
        int[] f = element();
        int[] g = element();
        int[] h = element();
        X25519Field.apm(b, a, h, e);
        X25519Field.apm(d, c, g, f);
        X25519Field.mul(e, f, a);
        X25519Field.mul(g, h, b);
        X25519Field.mul(f, g, c);
        X25519Field.mul(e, h, d);
        return new EdwardsPoint(a, b, c, d);
    }

    /** This point as the right side of an addition. */
    Addend addend() {
        Addend addend = new Addend(element(), element(), element(), element());
        X25519Field.apm(y, x, addend.yPlusX, addend.yMinusX);
        X25519Field.mul(t, BaseTable.TWICE_D, addend.t2d);
        X25519Field.add(z, z, addend.z2);
        return addend;
    }

    /** The encoding of RFC 8032: y, with the lowest bit of x on top. */
    byte[] encode() {
        int[] inverse = element();
        X25519Field.inv(z, inverse);
        int[] affineX = element();
        X25519Field.mul(x, inverse, affineX);
        X25519Field.normalize(affineX);
        int[] affineY = element();
        X25519Field.mul(y, inverse, affineY);
        X25519Field.normalize(affineY);
        byte[] encoded = new byte[ENCODED_LENGTH];
        X25519Field.encode(affineY, encoded, 0);
        encoded[ENCODED_LENGTH - 1] |= (byte) ((affineX[0] & 1) << 7);
        return encoded;
    }

    private static int[] element() {
        return X25519Field.create();
    }

    private static int[] elementOf(int small) {
        int[] element = element();
        element[0] = small;
        return element;
    }

    /** The right side of an addition: what of it can be computed once. */
    static final class Addend {

        private final int[] yPlusX;
        private final int[] yMinusX;
        private final int[] t2d;
        private final int[] z2;

        private Addend(int[] yPlusX, int[] yMinusX, int[] t2d, int[] z2) {
            this.yPlusX = yPlusX;
            this.yMinusX = yMinusX;
            this.t2d = t2d;
            this.z2 = z2;
        }

        /** Becomes {@code other} when the mask is all ones, stays when it is 0. */
        void take(int mask, Addend other) {
            X25519Field.cmov(mask, other.yPlusX, 0, yPlusX, 0);
            X25519Field.cmov(mask, other.yMinusX, 0, yMinusX, 0);
            X25519Field.cmov(mask, other.t2d, 0, t2d, 0);
            X25519Field.cmov(mask, other.z2, 0, z2, 0);
        }

        /** Becomes its opposite when {@code negate} is 1, stays when it is 0. */
        void negateIf(int negate) {
            X25519Field.cswap(negate, yPlusX, yMinusX);
            X25519Field.cnegate(negate, t2d);
        }
    }

    /** {@code j * 256^i * B} for i in 0…31 and j in 1…8, about 40 KB, computed at first use. */
    private static final class BaseTable {

        private static final int ROWS = 32;
        private static final int COLUMNS = 8;

        /** Twice the curve's constant d = -121665/121666. */
        static final int[] TWICE_D = element();

        private static final Addend[][] TABLE = new Addend[ROWS][COLUMNS];

        static {
            int[] d = element();
            X25519Field.inv(elementOf(121_666), d);
            X25519Field.mul(d, -121_665, d);
            X25519Field.add(d, d, TWICE_D);
            X25519Field.carry(TWICE_D);
            EdwardsPoint power = base(d);
            for (Addend[] row : TABLE) {
                Addend step = power.addend();
                EdwardsPoint multiple = power;
                for (int j = 0; j < COLUMNS; j++) {
                    row[j] = multiple.addend();
                    multiple = multiple.plus(step);
                }
                for (int i = 0; i < 8; i++) {
                    power = power.plus(power.addend());
                }
            }
        }

        /** The base point: y = 4/5, x even. */
        private static EdwardsPoint base(int[] d) {
            int[] y = element();
            X25519Field.inv(elementOf(5), y);
            X25519Field.mul(y, 4, y);
            int[] u = element();
            int[] v = element();
            X25519Field.sqr(y, u);
            X25519Field.mul(d, u, v);
            X25519Field.subOne(u);
            X25519Field.addOne(v);
            int[] x = element();
            if (!X25519Field.sqrtRatioVar(u, v, x)) {
                throw new IllegalStateException("the base point is not on the curve");
            }
            X25519Field.normalize(x);
            X25519Field.cnegate(x[0] & 1, x);
            int[] t = element();
            X25519Field.mul(x, y, t);
            return new EdwardsPoint(x, y, elementOf(1), t);
        }

        /** {@code digit * 256^row * B} for a secret digit in -8…8: every entry of the row is read. */
        static Addend multiple(int row, int digit) {
            int sign = digit >> 31;
            int size = (digit ^ sign) - sign;
            Addend found = neutralAddend();
            for (int j = 0; j < COLUMNS; j++) {
                int difference = size ^ (j + 1);
                found.take((difference - 1) >> 31, TABLE[row][j]);
            }
            found.negateIf(sign & 1);
            return found;
        }

        private static Addend neutralAddend() {
            return new Addend(elementOf(1), elementOf(1), element(), elementOf(2));
        }
    }
}
