package io.greenfinch.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Against big integers, which are anything but constant in time. */
class ScalarsTest {

    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final Random random = new Random(seed);

    @Test
    void reducesModuloTheOrder() {
        List<BigInteger> values = new ArrayList<>();
        for (int multiple = 0; multiple < 16; multiple++) {
            for (int near = -2; near <= 2; near++) {
                values.add(L.multiply(BigInteger.valueOf(multiple))
                        .add(BigInteger.valueOf(near))
                        .max(BigInteger.ZERO));
            }
        }
        values.add(BigInteger.ONE.shiftLeft(512).subtract(BigInteger.ONE));
        values.add(BigInteger.ONE.shiftLeft(511));
        for (int i = 0; i < 2000; i++) {
            values.add(new BigInteger(512, random));
        }
        for (BigInteger value : values) {
            assertThat(big(Scalars.reduce(little(value, 64))))
                    .as("%s, seed %d", value, seed)
                    .isEqualTo(value.mod(L));
        }
    }

    @Test
    void reducesHalfTheLengthToo() {
        for (int i = 0; i < 2000; i++) {
            BigInteger value = new BigInteger(256, random);
            assertThat(big(Scalars.reduce(little(value, 32))))
                    .as("%s, seed %d", value, seed)
                    .isEqualTo(value.mod(L));
        }
    }

    @Test
    void multipliesAndAdds() {
        BigInteger largest = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
        assertThat(multiplyAdd(largest, largest, largest))
                .isEqualTo(largest.multiply(largest).add(largest).mod(L));
        for (int i = 0; i < 2000; i++) {
            BigInteger a = new BigInteger(256, random);
            BigInteger b = new BigInteger(256, random);
            BigInteger c = new BigInteger(256, random);
            assertThat(multiplyAdd(a, b, c))
                    .as("seed %d", seed)
                    .isEqualTo(a.multiply(b).add(c).mod(L));
        }
    }

    @Test
    void negatesOrNot() {
        for (BigInteger value : List.of(
                BigInteger.ZERO, BigInteger.ONE, L.subtract(BigInteger.ONE), new BigInteger(252, random).mod(L))) {
            byte[] scalar = little(value, 32);
            assertThat(big(Scalars.negateIf(1, scalar)))
                    .as("seed %d", seed)
                    .isEqualTo(value.negate().mod(L));
            assertThat(big(Scalars.negateIf(0, scalar))).as("seed %d", seed).isEqualTo(value);
        }
    }

    private static BigInteger multiplyAdd(BigInteger a, BigInteger b, BigInteger c) {
        return big(Scalars.multiplyAdd(little(a, 32), little(b, 32), little(c, 32)));
    }

    private static byte[] little(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static BigInteger big(byte[] little) {
        byte[] bytes = new byte[little.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = little[bytes.length - 1 - i];
        }
        return new BigInteger(1, bytes);
    }
}
