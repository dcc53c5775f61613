package io.greenfinch.protocol.curve;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.Hex;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairTest {

    private final SecureRandom random = new SecureRandom();

    /** RFC 7748 §5.2. */
    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
    })
    void multipliesAsInTheStandard(String scalar, String u, String product) {
        assertThat(Hex.text(KeyPair.ofPrivate(hex(scalar)).agree(hex(u)))).isEqualTo(product);
    }

    /** RFC 7748 §5.2, the iterated vector. */
    @Test
    void multipliesAThousandTimesAsInTheStandard() {
        byte[] k = hex("0900000000000000000000000000000000000000000000000000000000000000");
        byte[] u = k;
        for (int i = 1; i <= 1000; i++) {
            byte[] product = KeyPair.ofPrivate(k).agree(u);
            u = k;
            k = product;
            if (i == 1) {
                assertThat(Hex.text(k)).isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
            }
        }
        assertThat(Hex.text(k)).isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    /** RFC 7748 §6.1. */
    @Test
    void agreesAsInTheStandard() {
        KeyPair alice = KeyPair.ofPrivate(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
        KeyPair bob = KeyPair.ofPrivate(hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));

        assertThat(Hex.text(alice.publicKey()))
                .isEqualTo("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assertThat(Hex.text(bob.publicKey()))
                .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        assertThat(Hex.text(alice.agree(bob.publicKey())))
                .isEqualTo("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assertThat(bob.agree(alice.publicKey())).isEqualTo(alice.agree(bob.publicKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"
            })
    void refusesToAgreeWithPointsOfSmallOrder(String publicKey) {
        KeyPair keys = KeyPair.generate(random);

        assertThatThrownBy(() -> keys.agree(hex(publicKey))).isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesKeysOfAnotherLength(int length) {
        KeyPair keys = KeyPair.generate(random);

        assertThatThrownBy(() -> keys.agree(new byte[length])).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> KeyPair.ofPrivate(new byte[length])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublicKeys.serialized(new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comesBackFromItsPrivateKey() {
        KeyPair keys = KeyPair.generate(random);

        assertThat(KeyPair.ofPrivate(keys.privateKey())).isEqualTo(keys).hasSameHashCodeAs(keys);
        assertThat(KeyPair.generate(random)).isNotEqualTo(keys);
    }

    @Test
    void handsOutCopies() {
        KeyPair keys = KeyPair.generate(random);
        byte[] privateKey = keys.privateKey();
        byte[] publicKey = keys.publicKey();
        keys.privateKey()[0] ^= 1;
        keys.publicKey()[0] ^= 1;

        assertThat(keys.privateKey()).isEqualTo(privateKey);
        assertThat(keys.publicKey()).isEqualTo(publicKey);
    }

    @Test
    void hidesThePrivateKeyInItsText() {
        KeyPair keys = KeyPair.generate(random);

        assertThat(keys.toString()).contains(Hex.text(keys.publicKey())).doesNotContain(Hex.text(keys.privateKey()));
    }

    @Test
    void serializesPublicKeysWithTheirType() {
        byte[] key = KeyPair.generate(random).publicKey();

        assertThat(Hex.text(PublicKeys.serialized(key))).isEqualTo("05" + Hex.text(key));
    }

    @Test
    void readsSerializedPublicKeysUnderOneNameOnly() {
        byte[] key = KeyPair.generate(random).publicKey();
        byte[] serialized = PublicKeys.serialized(key);
        assertThat(PublicKeys.raw(serialized))
                .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(key));

        serialized[32] |= (byte) 0x80;
        assertThat(PublicKeys.raw(serialized)).isEmpty();
        assertThat(PublicKeys.raw(key)).isEmpty();
        assertThat(PublicKeys.raw(new byte[33])).isEmpty();
    }

    @Test
    void comesBackFromBothKeysAsTheyWereKept() {
        KeyPair keys = KeyPair.generate(random);
        KeyPair kept = KeyPair.ofKept(keys.privateKey(), keys.publicKey());

        assertThat(kept).isEqualTo(keys);
        assertThat(kept.privateKey()).isEqualTo(keys.privateKey());
        assertThatThrownBy(() -> KeyPair.ofKept(new byte[31], keys.publicKey()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyPair.ofKept(keys.privateKey(), new byte[33]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
