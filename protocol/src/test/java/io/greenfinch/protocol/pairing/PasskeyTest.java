package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PasskeyTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DESKTOP = 7;

    private final KeyPair noise = KeyPair.generate(RANDOM);
    private final KeyPair identity = KeyPair.generate(RANDOM);
    private final byte[] secret = filled(5);
    private final PasskeyCompanion companion = new PasskeyCompanion(DESKTOP, "ref", RANDOM);
    private final PasskeyPhone phone =
            PasskeyPhone.answering(companion.prologue(), RANDOM).orElseThrow();

    @Test
    void bothSeeTheSameCodeAndThePhoneGetsWhatItNeeds() {
        PasskeyCompanion.Agreement agreement = companion.agree(phone.hello()).orElseThrow();

        assertThat(phone.revealed(companion.nonce())).contains(agreement.code());
        PasskeyPhone.Wanted wanted =
                phone.opened(agreement.request(noise, identity, secret)).orElseThrow();
        assertThat(wanted.noiseKey()).isEqualTo(noise.publicKey());
        assertThat(wanted.identityKey()).isEqualTo(identity.publicKey());
        assertThat(wanted.advSecret()).isEqualTo(secret);
    }

    @Test
    void whoStandsBetweenThemIsSeenByTheCode() {
        PasskeyCompanion between = new PasskeyCompanion(DESKTOP, "ref", RANDOM);
        PasskeyPhone deceived =
                PasskeyPhone.answering(between.prologue(), RANDOM).orElseThrow();

        assertThat(deceived.revealed(between.nonce()))
                .isNotEqualTo(companion.agree(phone.hello()).map(PasskeyCompanion.Agreement::code));
        assertThat(deceived.revealed(companion.nonce()))
                .as("a nonce that was not promised")
                .isEmpty();
        byte[] request = companion.agree(phone.hello()).orElseThrow().request(noise, identity, secret);
        assertThat(deceived.opened(request)).isEmpty();
    }

    @Test
    void aProofIsOfOnePrologueUnderOneSecret() {
        byte[] proof = companion.handoffProof(secret);

        assertThat(PasskeyPhone.proves(proof, companion.prologue(), secret)).isTrue();
        assertThat(PasskeyPhone.proves(proof, companion.prologue(), filled(6))).isFalse();
        assertThat(PasskeyPhone.proves(proof, new PasskeyCompanion(DESKTOP, "ref", RANDOM).prologue(), secret))
                .isFalse();
    }

    @Test
    void whatCanNotBeReadIsNothing() {
        byte[] noise = {1, 2, 3};
        assertThat(PasskeyPhone.answering(noise, RANDOM)).isEmpty();
        assertThat(PasskeyPhone.answering(new byte[0], RANDOM)).isEmpty();
        assertThat(companion.agree(noise)).isEmpty();
        assertThat(companion.agree(new byte[0])).isEmpty();
        assertThat(phone.opened(noise)).isEmpty();
        assertThat(phone.opened(new byte[0])).isEmpty();
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
