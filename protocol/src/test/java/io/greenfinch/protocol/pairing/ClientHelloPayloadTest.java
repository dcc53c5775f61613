package io.greenfinch.protocol.pairing;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.Hex;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.proto.ClientPayload;
import io.greenfinch.protocol.proto.DevicePairingRegistrationData;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloPayloadTest {

    private static final AppVersion VERSION = new AppVersion(2, 3000, 1_043_857_760);

    private final SecureRandom random = new SecureRandom();
    private final KeyPair identity = KeyPair.generate(random);
    private final SignedPreKey signedPreKey = SignedPreKey.generate(0x010203, identity, random);
    private final DeviceRegistration device =
            DeviceRegistration.of(0xF1020304, identity, signedPreKey, VERSION, "Greenfinch", 7);
    private final ClientHelloPayload registration =
            new ClientHelloPayload.Registration(VERSION, Optional.of("Anna"), device);
    private final ClientHelloPayload login =
            new ClientHelloPayload.Login(VERSION, 15_550_001_001L, 12, Optional.empty());

    @Test
    void registrationsComeBackAsTheyWere() {
        assertThat(ClientHelloPayload.decode(registration.encode())).isEqualTo(registration);
    }

    @Test
    void loginsComeBackAsTheyWere() {
        assertThat(ClientHelloPayload.decode(login.encode())).isEqualTo(login);
    }

    /** Specification §4, column "registration". */
    @Test
    void aRegistrationHasTheFieldsOfTheSpecification() throws Exception {
        ClientPayload payload = ClientPayload.parseFrom(registration.encode());
        DevicePairingRegistrationData pairing = payload.getDevicePairingData();

        assertThat(payload.hasUsername()).isFalse();
        assertThat(payload.hasPassive()).isTrue();
        assertThat(payload.getPassive()).isFalse();
        assertThat(payload.getPull()).isFalse();
        assertThat(payload.getConnectType()).isEqualTo(1);
        assertThat(payload.getConnectReason()).isEqualTo(1);
        assertThat(payload.getUserAgent().getPlatform()).isEqualTo(14);
        assertThat(payload.getWebInfo().hasWebSubPlatform()).isTrue();
        assertThat(Hex.text(pairing.getRegistrationId().toByteArray())).isEqualTo("f1020304");
        assertThat(Hex.text(pairing.getKeyType().toByteArray())).isEqualTo("05");
        assertThat(Hex.text(pairing.getSignedPrekeyId().toByteArray())).isEqualTo("010203");
        assertThat(pairing.getBuildHash().toByteArray()).isEqualTo(VERSION.buildHash());
    }

    /** Specification §4, column "login". */
    @Test
    void aLoginHasTheFieldsOfTheSpecification() throws Exception {
        ClientPayload payload = ClientPayload.parseFrom(login.encode());

        assertThat(payload.getUsername()).isEqualTo(15_550_001_001L);
        assertThat(payload.getDevice()).isEqualTo(12);
        assertThat(payload.getPassive()).isTrue();
        assertThat(payload.getPull()).isTrue();
        assertThat(payload.hasDevicePairingData()).isFalse();
        assertThat(payload.hasPushName()).isFalse();
    }

    @Test
    void theSignatureOfTheSignedPreKeyCanBeChecked() {
        byte[] wrong = device.signedPreKeySignature().clone();
        wrong[0] ^= 1;
        DeviceRegistration forged = new DeviceRegistration(
                device.registrationId(),
                device.identityKey(),
                device.signedPreKeyId(),
                device.signedPreKey(),
                wrong,
                device.buildHash(),
                device.os(),
                device.platformType());

        assertThat(device.isSignatureValid()).isTrue();
        assertThat(forged.isSignatureValid()).isFalse();
        assertThat(forged).isNotEqualTo(device);
    }

    @Test
    void refusesARegistrationWithAnyFieldOfAnotherLength() {
        refuses(pairing -> pairing.setRegistrationId(bytes(3)));
        refuses(pairing -> pairing.clearRegistrationId());
        refuses(pairing -> pairing.clearKeyType());
        refuses(pairing -> pairing.setKeyType(ByteString.copyFrom(hex("06"))));
        refuses(pairing -> pairing.setKeyType(ByteString.copyFrom(hex("0505"))));
        refuses(pairing -> pairing.setIdentity(bytes(33)));
        refuses(pairing -> pairing.setSignedPrekeyId(bytes(4)));
        refuses(pairing -> pairing.clearSignedPrekey());
        refuses(pairing -> pairing.setSignedPrekeySignature(bytes(63)));
        refuses(pairing -> pairing.setDeviceProps(ByteString.copyFrom(hex("FF"))));
    }

    private void refuses(Consumer<DevicePairingRegistrationData.Builder> change) {
        byte[] changed;
        try {
            ClientPayload payload = ClientPayload.parseFrom(registration.encode());
            DevicePairingRegistrationData.Builder pairing = payload.getDevicePairingData().toBuilder();
            change.accept(pairing);
            changed = payload.toBuilder().setDevicePairingData(pairing).build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        assertThatThrownBy(() -> ClientHelloPayload.decode(changed)).isInstanceOf(MalformedPayloadException.class);
    }

    private static ByteString bytes(int length) {
        return ByteString.copyFrom(new byte[length]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FF", "08", "0800", "08FFFFFFFFFFFFFFFFFF01", "0801 900180800C"})
    void refusesWhatNeitherRegistersNorLogsIn(String payload) {
        assertThatThrownBy(() -> ClientHelloPayload.decode(hex(payload))).isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void readsARegistrationOfAnotherClient() {
        ClientHelloPayload payload =
                ClientHelloPayload.decode(Hex.resource(ClientHelloPayloadTest.class, "registration-of-baileys.txt"));

        assertThat(payload).isInstanceOfSatisfying(ClientHelloPayload.Registration.class, theirs -> {
            assertThat(theirs.version()).isEqualTo(VERSION);
            assertThat(theirs.pushName()).contains("Anna");
            assertThat(theirs.device().isSignatureValid()).isTrue();
            assertThat(theirs.device().registrationId()).isEqualTo(123);
            assertThat(theirs.device().signedPreKeyId()).isEqualTo(7);
            assertThat(theirs.device().os()).isEqualTo("Mac OS");
            assertThat(theirs.device().platformType()).isEqualTo(1);
            assertThat(theirs.device().buildHash()).isEqualTo(VERSION.buildHash());
        });
    }

    @Test
    void readsALoginOfAnotherClient() {
        assertThat(ClientHelloPayload.decode(Hex.resource(ClientHelloPayloadTest.class, "login-of-baileys.txt")))
                .isEqualTo(new ClientHelloPayload.Login(VERSION, 15_550_001_001L, 12, Optional.of("Anna")));
    }

    @Test
    void readsALoginThatSaysNothingElse() {
        assertThat(ClientHelloPayload.decode(hex("0801 900103")))
                .isEqualTo(new ClientHelloPayload.Login(new AppVersion(0, 0, 0), 1, 3, Optional.empty()));
    }

    @Test
    void refusesVersionsBeyondItsNumbers() {
        // userAgent { appVersion { primary: 4294967295 } }
        assertThatThrownBy(() -> ClientHelloPayload.decode(hex("0801 2A08 1206 08FFFFFFFF0F")))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void noTextShowsMoreThanPublicKeys() {
        assertThat(registration.toString())
                .contains(Hex.text(identity.publicKey()))
                .doesNotContain(Hex.text(identity.privateKey()))
                .doesNotContain(Hex.text(signedPreKey.keys().privateKey()));
    }
}
