package io.greenfinch.protocol.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.Hex;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreKeyTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aBatchHasConsecutiveIdsAndKeysOfItsOwn() {
        assertThat(PreKey.batch(41, 30, random))
                .hasSize(30)
                .doesNotHaveDuplicates()
                .extracting(PreKey::id)
                .startsWith(41, 42)
                .endsWith(70);
    }

    @Test
    void idsStartAgainAfterTheHighest() {
        assertThat(PreKey.batch(PreKey.MAX_ID - 1, 4, random))
                .extracting(PreKey::id)
                .containsExactly(PreKey.MAX_ID - 1, PreKey.MAX_ID, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, PreKey.MAX_ID + 1})
    void refusesIdsThatDoNotFitTheWire(int id) {
        KeyPair keys = KeyPair.generate(random);

        assertThatThrownBy(() -> new PreKey(id, keys)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PreKey.batch(id, 1, random)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedPreKey.generate(id, keys, random)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSignedPreKeyIsSignedByTheIdentity() {
        KeyPair identity = KeyPair.generate(random);
        SignedPreKey signed = SignedPreKey.generate(1, identity, random);
        byte[] publicKey = signed.keys().publicKey();

        assertThat(SignedPreKey.verify(identity.publicKey(), publicKey, signed.signature()))
                .isTrue();
        assertThat(SignedPreKey.verify(publicKey, publicKey, signed.signature()))
                .isFalse();
        assertThat(SignedPreKey.verify(identity.publicKey(), identity.publicKey(), signed.signature()))
                .isFalse();
        assertThat(SignedPreKey.verify(identity.publicKey(), new byte[33], signed.signature()))
                .isFalse();
    }

    @Test
    void noTextShowsAPrivateKey() {
        KeyPair identity = KeyPair.generate(random);
        SignedPreKey signed = SignedPreKey.generate(1, identity, random);
        PreKey preKey = new PreKey(2, signed.keys());
        String privateKey = Hex.text(signed.keys().privateKey());

        assertThat(signed.toString()).doesNotContain(privateKey);
        assertThat(preKey.toString()).doesNotContain(privateKey);
    }
}
