package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final KeyPair account = KeyPair.generate(random);
    private final KeyPair companion = KeyPair.generate(random);
    private final byte[] secret = random.generateSeed(32);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAPhoneIssuesACompanionAcceptsAndAnybodyVerifies(boolean hosted) {
        byte[] issued =
                DeviceIdentity.issue(account, companion.publicKey(), secret, 4_000_000_000L, NOW, 3, random, hosted);

        DeviceIdentity.Acceptance acceptance = DeviceIdentity.accept(issued, secret, companion, random);

        assertThat(acceptance).isInstanceOfSatisfying(DeviceIdentity.Acceptance.Accepted.class, accepted -> {
            assertThat(accepted.keyIndex()).isEqualTo(3);
            assertThat(accepted.accountSignatureKey()).isEqualTo(account.publicKey());
            assertThat(DeviceIdentity.verify(accepted.reply(), account.publicKey(), companion.publicKey()))
                    .isTrue();
            assertThat(DeviceIdentity.verify(accepted.full(), account.publicKey(), companion.publicKey()))
                    .isTrue();
            assertThat(DeviceIdentity.verify(accepted.reply(), companion.publicKey(), companion.publicKey()))
                    .isFalse();
        });
    }
}
