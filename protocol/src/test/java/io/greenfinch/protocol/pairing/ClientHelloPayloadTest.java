package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientHelloPayloadTest {

    private static final AppVersion VERSION = new AppVersion(2, 3000, 1_043_857_760);

    private final SecureRandom random = new SecureRandom();

    @Test
    void registrationsComeBackAsTheyWere() {
        KeyPair identity = KeyPair.generate(random);
        SignedPreKey signedPreKey = SignedPreKey.generate(7, identity, random);
        DeviceRegistration device = DeviceRegistration.of(12_345, identity, signedPreKey, VERSION, "Greenfinch", 7);
        ClientHelloPayload registration = new ClientHelloPayload.Registration(VERSION, Optional.of("Anna"), device);

        assertThat(ClientHelloPayload.decode(registration.encode())).isEqualTo(registration);
        assertThat(device.isSignatureValid()).isTrue();
    }

    @Test
    void loginsComeBackAsTheyWere() {
        ClientHelloPayload login = new ClientHelloPayload.Login(VERSION, 15_550_001_001L, 12, Optional.empty());

        assertThat(ClientHelloPayload.decode(login.encode())).isEqualTo(login);
    }
}
