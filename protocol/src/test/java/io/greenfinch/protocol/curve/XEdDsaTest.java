package io.greenfinch.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class XEdDsaTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void signaturesOfManyKeysVerifyAndOnlyForTheirMessage() {
        for (int i = 0; i < 300; i++) {
            KeyPair keys = KeyPair.generate(random);
            byte[] message = new byte[i];
            random.nextBytes(message);
            byte[] signature = keys.sign(message, random);

            assertThat(XEdDsa.verify(keys.publicKey(), message, signature)).isTrue();
            assertThat(signature[63] & 0x80).isZero();
            signature[i % 64] ^= (byte) (1 << (i % 8));
            assertThat(XEdDsa.verify(keys.publicKey(), message, signature))
                    .as("signature with bit %d of byte %d flipped", i % 8, i % 64)
                    .isFalse();
        }
    }

    /** Ed25519 of another implementation multiplies the base point by the same clamped scalar. */
    @Test
    void baseMultiplesAreThoseOfEd25519() throws Exception {
        for (int i = 0; i < 300; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            byte[] expected = new byte[32];
            Ed25519.generatePublicKey(seed, 0, expected, 0);
            byte[] scalar = java.util.Arrays.copyOf(
                    java.security.MessageDigest.getInstance("SHA-512").digest(seed), 32);
            scalar[0] &= (byte) 0xF8;
            scalar[31] = (byte) ((scalar[31] & 0x7F) | 0x40);

            assertThat(EdwardsPoint.baseMultiple(scalar).encode()).isEqualTo(expected);
        }
    }

    @Test
    void smallMultiplesOfTheBasePointAreRight() {
        byte[] scalar = new byte[32];
        assertThat(EdwardsPoint.baseMultiple(scalar).encode())
                .isEqualTo(hex("0100000000000000000000000000000000000000000000000000000000000000"));
        scalar[0] = 1;
        assertThat(EdwardsPoint.baseMultiple(scalar).encode())
                .isEqualTo(hex("5866666666666666666666666666666666666666666666666666666666666666"));
    }

    @Test
    void refusesWhatIsNoSignatureWithoutThrowing() {
        KeyPair keys = KeyPair.generate(random);
        byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] signature = keys.sign(message, random);

        assertThat(XEdDsa.verify(new byte[0], message, signature)).isFalse();
        assertThat(XEdDsa.verify(keys.publicKey(), message, new byte[0])).isFalse();
        assertThat(XEdDsa.verify(new byte[32], message, new byte[64])).isFalse();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
