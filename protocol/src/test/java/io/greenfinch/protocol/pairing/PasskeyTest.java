package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
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

    /** Computed by other means: X25519, HKDF, HMAC and AES-GCM of Node.js, the messages written byte by byte. */
    @Test
    void allOfItIsAsComputedElsewhere() {
        PasskeyCompanion known = new PasskeyCompanion(DESKTOP, "2@REF", new Scripted(0x11, 0x33, 0x55));
        assertThat(known.prologue())
                .asHexString()
                .isEqualToIgnoringCase(
                        "0a2b0a207b4e909bbe7ffe44c465a220037d608ee35897d31ef972f07f74892cb0f73f1310071a05324052454612220a209a"
                                + "5e3d6230e762216a130c355086577f513a92332f972dd427a580a1169394ba");
        assertThat(known.handoffProof(filled(0x66)))
                .asHexString()
                .isEqualToIgnoringCase("f5c940f86a460a0aa145c54977c25bdaefc57b055a22247d159199b39feee30f");
        PasskeyCompanion.Agreement agreement = known.agree(HexFormat.of()
                        .parseHex(
                                "0a200faa684ed28867b97f4a6a2dee5df8ce974e76b7018e3f22a1c4cf2678570f2012204444444444444444444444444444"
                                        + "444444444444444444444444444444444444"))
                .orElseThrow();
        assertThat(agreement.code().characters()).isEqualTo("PYSLSH11");
        KeyPair noiseKey = KeyPair.ofKept(filled(1), filled(0x77));
        KeyPair identityKey = KeyPair.ofKept(filled(1), filled(0x88));
        assertThat(agreement.request(noiseKey, identityKey, filled(0x99)))
                .asHexString()
                .isEqualToIgnoringCase(
                        "0a76588b7a9e8f9c7d07cdf845059010c97618e6598d0333acb41dd3365828f4cc9c5eac1a9acbde8d65ddf700e352c9cda7"
                                + "701741bf1893c82d2256b74fbffc45e0b30f40f9961b4a5592edfe8ee3dfff1ba85e8b732e6e491e6455e234cfd72a320db1"
                                + "922498e770c8f15eb1fe7c389aa9041b6b7d8626120c555555555555555555555555");
    }

    /** Each time other bytes, all of them the same. */
    private static final class Scripted extends SecureRandom {
        private final Deque<Integer> values;

        Scripted(Integer... values) {
            this.values = new ArrayDeque<>(List.of(values));
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, values.remove().byteValue());
        }
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
