package io.greenfinch.protocol.curve;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XEdDsaTest {

    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final SecureRandom random = new SecureRandom();

    @Test
    void signaturesOfManyKeysVerifyAndOnlyAsTheyAre() {
        for (int i = 0; i < 512; i++) {
            KeyPair keys = KeyPair.generate(random);
            byte[] message = new byte[i];
            random.nextBytes(message);
            byte[] signature = keys.sign(message, random);

            assertThat(XEdDsa.verify(keys.publicKey(), message, signature)).isTrue();
            byte[] changed = signature.clone();
            changed[i / 8] ^= (byte) (1 << (i % 8));
            assertThat(XEdDsa.verify(keys.publicKey(), message, changed))
                    .as("bit %d flipped", i)
                    .isFalse();
            assertThat(XEdDsa.verify(keys.publicKey(), Arrays.copyOf(message, i + 1), signature))
                    .isFalse();
        }
    }

    /** The sign is 0 under XEdDSA; under the older convention the same bit says that the point's sign is 0. */
    @Test
    void signaturesAreValidUnderBothConventions() {
        for (int i = 0; i < 64; i++) {
            KeyPair keys = KeyPair.generate(random);
            byte[] message = {1, 2, 3};
            byte[] signature = keys.sign(message, random);
            byte[] edwards = Birational.edwardsY(keys.publicKey());

            assertThat(signature[63] & 0x80).isZero();
            assertThat(Ed25519.verify(signature, 0, edwards, 0, message, 0, message.length))
                    .isTrue();
        }
    }

    /** Published with Signal's reference implementation: 200 zero bytes signed under a nonce of zeros. */
    @Test
    void signsAsTheReferenceDoes() {
        byte[] privateKey = new byte[32];
        privateKey[8] = (byte) 189;
        privateKey[31] = 64;

        assertThat(Hex.text(XEdDsa.sign(privateKey, new byte[200], new byte[64])))
                .isEqualTo("11c7f3e6c4df9e8a5150e1db3b30f92de3a3b3aa438656545fa7390f4bcc7bb2"
                        + "6c431d9e90643e4f0eaa0e9c557766fa69ada576d63dcaf2ac326c11d0b97702");
    }

    /** The same key and message under the older convention; the sign is on top of the last byte. */
    @Test
    void verifiesTheOlderConvention() {
        byte[] privateKey = new byte[32];
        privateKey[8] = (byte) 189;
        privateKey[31] = 64;
        byte[] publicKey = KeyPair.ofPrivate(privateKey).publicKey();
        byte[] signature = hex("cf873d0379ac20e8893e5567ee0f8951f8db840d26b243b463526689d01ca718"
                + "ac189fb1678574ebdde569330659448b0bd6c1973f7d780ab39518626803d782");

        assertThat(XEdDsa.verify(publicKey, new byte[200], signature)).isTrue();
        signature[63] &= 0x7F;
        assertThat(XEdDsa.verify(publicKey, new byte[200], signature)).isFalse();
    }

    /** Published with Signal's libraries: an identity key's signature over an ephemeral key. */
    @Test
    void verifiesAPublishedSignature() {
        byte[] identity = hex("ab7e717d4a163b7d9a1d8071dfe9dcf8cdcd1cea3339b6356be84d887e322c64");
        byte[] signed = hex("05edce9d9c415ca78cb7252e72c2c4a554d3eb29485a0e1d503118d1a82d99fb4a");
        byte[] signature = hex("5de88ca9a89b4a115da79109c67c9c7464a3e4180274f1cb8c63c2984e286dfb"
                + "ede82deb9dcd9fae0bfbb821569b3d9001bd8130cd11d486cef047bd60b86e88");

        assertThat(KeyPair.ofPrivate(hex("c097248412e58bf05df48796820513279417" + "8e367637f5818f81e0e6ce73e865"))
                        .publicKey())
                .isEqualTo(identity);
        assertThat(XEdDsa.verify(identity, signed, signature)).isTrue();
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(XEdDsa.verify(identity, signed, changed))
                    .as("byte %d", i)
                    .isFalse();
        }
    }

    /** RFC 8032 §7.1, tests 1 to 3 and SHA(abc): their keys mapped to Curve25519, the sign moved to the signature. */
    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
                + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
                + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    })
    void verifiesEd25519SignaturesOfTheStandard(String publicKey, String message, String signature) {
        byte[] edwards = hex(publicKey);
        byte[] withSign = hex(signature);
        withSign[63] |= (byte) (edwards[31] & 0x80);

        assertThat(XEdDsa.verify(Birational.montgomeryU(edwards), hex(message), withSign))
                .isTrue();
        withSign[0] ^= 1;
        assertThat(XEdDsa.verify(Birational.montgomeryU(edwards), hex(message), withSign))
                .isFalse();
    }

    static List<String> signaturesOfOtherClients() {
        return Hex.lines(XEdDsaTest.class, "signatures-of-other-clients.txt");
    }

    @ParameterizedTest
    @MethodSource("signaturesOfOtherClients")
    void verifiesSignaturesOfOtherClients(String line) {
        String[] parts = line.split(" ", -1);
        byte[] publicKey = hex(parts[0]);
        byte[] message = hex(parts[1]);
        byte[] signature = hex(parts[2]);

        assertThat(XEdDsa.verify(publicKey, message, signature)).isTrue();
        signature[63] ^= (byte) 0x80;
        assertThat(XEdDsa.verify(publicKey, message, signature))
                .as("with the other sign")
                .isFalse();
    }

    @Test
    void refusesLengthsThatCannotBe() {
        KeyPair keys = KeyPair.generate(random);
        byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] signature = keys.sign(message, random);

        for (int length : new int[] {0, 1, 31, 33, 64}) {
            assertThat(XEdDsa.verify(Arrays.copyOf(keys.publicKey(), length), message, signature))
                    .isFalse();
        }
        for (int length : new int[] {0, 1, 32, 63, 65, 128}) {
            assertThat(XEdDsa.verify(keys.publicKey(), message, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
    }

    /** Else one signature would have several forms. */
    @Test
    void refusesAResponseThatIsNotReduced() {
        KeyPair keys = KeyPair.generate(random);
        byte[] message = {7};
        byte[] signature = keys.sign(message, random);
        BigInteger response = Birational.number(Arrays.copyOfRange(signature, 32, 64));
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = response.add(L).shiftRight(8 * i).byteValue();
        }

        assertThat(XEdDsa.verify(keys.publicKey(), message, signature)).isFalse();
    }

    /** Else one key would have several forms. */
    @Test
    void refusesAPublicKeyThatIsNotReduced() {
        KeyPair keys = KeyPair.generate(random);
        byte[] message = {7};
        byte[] signature = keys.sign(message, random);
        byte[] withHighBit = keys.publicKey();
        withHighBit[31] |= (byte) 0x80;

        assertThat(XEdDsa.verify(withHighBit, message, signature)).isFalse();
        for (int small = 0; small < 19; small++) {
            byte[] beyond = hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
            beyond[0] += (byte) small;
            assertThat(XEdDsa.verify(beyond, message, signature)).isFalse();
        }
    }

    /**
     * Under a key of small order anybody can sign: with R = sB the equation holds whenever the hash is a multiple of the
     * key's order.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
            })
    void refusesForgeriesUnderKeysOfSmallOrder(String key) throws Exception {
        byte[] publicKey = hex(key);
        byte[] edwards = Birational.edwardsY(publicKey);
        byte[] response = new byte[32];
        response[0] = 1;
        byte[] signature = Arrays.copyOf(EdwardsPoint.baseMultiple(response).encode(), 64);
        System.arraycopy(response, 0, signature, 32, 32);
        byte[] message = {0};
        while (!isMultipleOf8(signature, edwards, message)) {
            message[0]++;
        }

        assertThat(XEdDsa.verify(publicKey, message, signature)).isFalse();
    }

    private static boolean isMultipleOf8(byte[] signature, byte[] edwards, byte[] message) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        digest.update(signature, 0, 32);
        digest.update(edwards);
        return Scalars.reduce(digest.digest(message))[0] % 8 == 0;
    }

    /** u = -1 has no Edwards form, and half of all u belong to the curve's twist. */
    @Test
    void refusesKeysThatAreNoPointsOfTheCurve() {
        assertThat(XEdDsa.verify(
                        hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                        new byte[1],
                        new byte[64]))
                .isFalse();
        for (int u = 2; u < 40; u++) {
            byte[] key = new byte[32];
            key[0] = (byte) u;
            assertThat(XEdDsa.verify(key, new byte[1], new byte[64])).isFalse();
        }
    }

    @Test
    void signsLargeMessages() {
        KeyPair keys = KeyPair.generate(random);
        byte[] message = new byte[1 << 20];
        byte[] signature = keys.sign(message, random);

        assertThat(XEdDsa.verify(keys.publicKey(), message, signature)).isTrue();
    }
}
