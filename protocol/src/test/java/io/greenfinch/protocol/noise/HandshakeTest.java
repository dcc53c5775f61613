package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority = CertificateAuthority.create(NOW, random);
    private final KeyPair noiseKey = KeyPair.generate(random);

    @Test
    void bothSidesEndWithKeysThatFitAndKnowEachOther() {
        InitiatorHandshake client = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
        ResponderHandshake server = new ResponderHandshake(authority.serverKey(), authority.chain(), random);

        byte[] hello = server.serverHello(client.clientHello());
        ClientFinish finish = server.finish(client.clientFinish(hello, utf8("payload")));

        assertThat(finish.noiseKey()).isEqualTo(noiseKey.publicKey());
        assertThat(finish.payload()).isEqualTo(utf8("payload"));
        NoiseTransport ours = client.transport();
        NoiseTransport theirs = server.transport();
        for (int i = 0; i < 3; i++) {
            assertThat(theirs.decrypt(ours.encrypt(utf8("up " + i)))).isEqualTo(utf8("up " + i));
            assertThat(ours.decrypt(theirs.encrypt(utf8("down " + i)))).isEqualTo(utf8("down " + i));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
