package io.greenfinch.protocol.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentity;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentityHmac;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class PairingFuzzTest {

    private static final KeyPair ACCOUNT = KeyPair.ofPrivate(filled(1));
    private static final KeyPair COMPANION = KeyPair.ofPrivate(filled(2));
    private static final byte[] SECRET = filled(3);
    private static final int ROOM_FOR_A_PREFIX = 100;

    private final SecureRandom random = new SecureRandom();

    /** Any bytes are a payload or malformed; a payload reads the same when it is written again. */
    @FuzzTest
    void clientPayload(byte[] bytes) {
        ClientHelloPayload payload;
        try {
            payload = ClientHelloPayload.decode(bytes);
        } catch (MalformedPayloadException e) {
            return;
        }
        assertThat(ClientHelloPayload.decode(payload.encode())).isEqualTo(payload);
    }

    @FuzzTest
    void qrText(byte[] bytes) {
        QrCode.parse(new String(bytes, StandardCharsets.UTF_8))
                .filter(code -> bytes.length < QrCode.MAX_TEXT - ROOM_FOR_A_PREFIX)
                .ifPresent(code -> assertThat(QrCode.parse(code.text())).contains(code));
    }

    @FuzzTest
    void deviceIdentity(byte[] bytes) {
        assertThat(DeviceIdentity.accept(bytes, SECRET, COMPANION, random)).isNotNull();
        DeviceIdentity.verify(bytes, ACCOUNT.publicKey(), COMPANION.publicKey());
    }

    /** What is behind the HMAC, of any content. */
    @FuzzTest
    void authenticatedIdentity(byte[] signed) {
        assertThat(DeviceIdentity.accept(authenticated(signed), SECRET, COMPANION, random))
                .isNotNull();
    }

    /** What is behind the account's signature, of any content: what is accepted can be verified by others. */
    @FuzzTest
    void signedDetails(byte[] details) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {6, 0});
        message.writeBytes(details);
        message.writeBytes(COMPANION.publicKey());
        byte[] signed = AdvSignedDeviceIdentity.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setAccountSignatureKey(ByteString.copyFrom(ACCOUNT.publicKey()))
                .setAccountSignature(ByteString.copyFrom(ACCOUNT.sign(message.toByteArray(), random)))
                .build()
                .toByteArray();

        if (DeviceIdentity.accept(authenticated(signed), SECRET, COMPANION, random)
                instanceof DeviceIdentity.Acceptance.Accepted accepted) {
            assertThat(DeviceIdentity.verify(accepted.reply(), ACCOUNT.publicKey(), COMPANION.publicKey()))
                    .isTrue();
        }
    }

    /** What the other side of linking by a passkey sends, of any content. */
    @FuzzTest
    void passkey(byte[] bytes) {
        PasskeyCompanion companion = new PasskeyCompanion(7, "ref", random);
        assertThat(companion.agree(bytes)).isNotNull();
        PasskeyPhone.answering(bytes, random)
                .ifPresent(phone -> assertThat(companion.agree(phone.hello())).isPresent());
        PasskeyPhone phone =
                PasskeyPhone.answering(companion.prologue(), random).orElseThrow();
        assertThat(phone.opened(bytes)).isEmpty();
        assertThat(phone.revealed(bytes)).isEmpty();
    }

    private static byte[] authenticated(byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return AdvSignedDeviceIdentityHmac.newBuilder()
                    .setDetails(ByteString.copyFrom(signed))
                    .setHmac(ByteString.copyFrom(mac.doFinal(signed)))
                    .build()
                    .toByteArray();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
