package io.greenfinch.protocol.curve;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.Hex;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdwardsPointTest {

    /** Ed25519's public key is the base point's multiple by the clamped half of a hash (RFC 8032 §5.1.5). */
    @Test
    void multiplesOfTheBasePointAreThoseOfEd25519() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            byte[] expected = new byte[32];
            Ed25519.generatePublicKey(secret, 0, expected, 0);
            byte[] scalar = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(secret), 32);
            X25519.clampPrivateKey(scalar);

            assertThat(Hex.text(EdwardsPoint.baseMultiple(scalar).encode()))
                    .as("seed %d", seed)
                    .isEqualTo(Hex.text(expected));
        }
    }

    /** Digits at their limits: 0, 7, 8 and 15, and the carry out of every place. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000,"
                + "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000,"
                + "5866666666666666666666666666666666666666666666666666666666666666",
        // L, so the neutral element; L - 1, so the opposite of the base point; L + 1
        "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010,"
                + "0100000000000000000000000000000000000000000000000000000000000000",
        "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010,"
                + "58666666666666666666666666666666666666666666666666666666666666e6",
        "eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010,"
                + "5866666666666666666666666666666666666666666666666666666666666666",
    })
    void knownMultiplesAreRight(String scalar, String point) {
        assertThat(Hex.text(EdwardsPoint.baseMultiple(hex(scalar)).encode())).isEqualTo(point);
    }

    @ParameterizedTest
    @CsvSource({"77", "88", "78", "87", "ff", "f0", "0f", "80", "08"})
    void multiplesByScalarsOfOneDigitAreThoseOfX25519(String both) {
        byte[] scalar = hex(both.repeat(32));
        X25519.clampPrivateKey(scalar);
        byte[] u = new byte[32];
        X25519.generatePublicKey(scalar, 0, u, 0);

        byte[] point = EdwardsPoint.baseMultiple(scalar).encode();
        point[31] &= 0x7F;
        assertThat(Hex.text(point)).isEqualTo(Hex.text(Birational.edwardsY(u)));
    }
}
