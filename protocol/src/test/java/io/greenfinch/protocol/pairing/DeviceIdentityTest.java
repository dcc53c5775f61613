package io.greenfinch.protocol.pairing;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.XEdDsa;
import io.greenfinch.protocol.pairing.DeviceIdentity.Acceptance.Accepted;
import io.greenfinch.protocol.pairing.DeviceIdentity.Acceptance.Rejected;
import io.greenfinch.protocol.proto.AdvDeviceIdentity;
import io.greenfinch.protocol.proto.AdvEncryptionType;
import io.greenfinch.protocol.proto.AdvKeyIndexList;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentity;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentityHmac;
import io.greenfinch.protocol.proto.AdvSignedKeyIndexList;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdentityTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_400_000L);
    private static final long RAW_ID = 4_000_000_000L;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair account = KeyPair.generate(random);
    private final KeyPair companion = KeyPair.generate(random);
    private final byte[] secret = hex("07".repeat(32));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAPhoneIssuesACompanionAcceptsAndAnybodyVerifies(boolean hosted) {
        Accepted accepted = accepted(issue(hosted));

        assertThat(accepted.keyIndex()).isEqualTo(3);
        assertThat(accepted.accountSignatureKey()).isEqualTo(account.publicKey());
        assertThat(verify(accepted.reply())).isTrue();
        assertThat(verify(accepted.full())).isTrue();
    }

    @Test
    void theReplyLeavesTheAccountsKeyOutAndTheFullOneKeepsIt() throws Exception {
        Accepted accepted = accepted(issue(false));
        AdvSignedDeviceIdentity reply = AdvSignedDeviceIdentity.parseFrom(accepted.reply());
        AdvSignedDeviceIdentity full = AdvSignedDeviceIdentity.parseFrom(accepted.full());

        assertThat(reply.hasAccountSignatureKey()).isFalse();
        assertThat(full.getAccountSignatureKey().toByteArray()).isEqualTo(account.publicKey());
        assertThat(full.toBuilder().clearAccountSignatureKey().build()).isEqualTo(reply);
    }

    /** The bytes of specification §7.4, put together here once more. */
    @Test
    void everyPartIsWhereTheSpecificationSays() throws Exception {
        AdvSignedDeviceIdentityHmac container = AdvSignedDeviceIdentityHmac.parseFrom(issue(false));
        AdvSignedDeviceIdentity signed = AdvSignedDeviceIdentity.parseFrom(container.getDetails());
        AdvDeviceIdentity details = AdvDeviceIdentity.parseFrom(signed.getDetails());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));

        assertThat(container.hasAccountType()).isFalse();
        assertThat(container.getHmac().toByteArray())
                .isEqualTo(mac.doFinal(container.getDetails().toByteArray()));
        assertThat(Integer.toUnsignedLong(details.getRawId())).isEqualTo(RAW_ID);
        assertThat(details.getTimestamp()).isEqualTo(NOW.getEpochSecond());
        assertThat(details.getKeyIndex()).isEqualTo(3);
        byte[] message = ByteString.copyFrom(hex("0600"))
                .concat(signed.getDetails())
                .concat(ByteString.copyFrom(companion.publicKey()))
                .toByteArray();
        assertThat(XEdDsa.verify(
                        account.publicKey(),
                        message,
                        signed.getAccountSignature().toByteArray()))
                .isTrue();
        AdvSignedDeviceIdentity full =
                AdvSignedDeviceIdentity.parseFrom(accepted(issue(false)).full());
        byte[] countersigned = ByteString.copyFrom(hex("0601"))
                .concat(full.getDetails())
                .concat(ByteString.copyFrom(companion.publicKey()))
                .concat(ByteString.copyFrom(account.publicKey()))
                .toByteArray();
        assertThat(XEdDsa.verify(
                        companion.publicKey(),
                        countersigned,
                        full.getDeviceSignature().toByteArray()))
                .isTrue();
    }

    @Test
    void aHostedIdentityCarriesItsTypeAndPrefixes() throws Exception {
        AdvSignedDeviceIdentityHmac container = AdvSignedDeviceIdentityHmac.parseFrom(issue(true));
        AdvSignedDeviceIdentity signed = AdvSignedDeviceIdentity.parseFrom(container.getDetails());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        mac.update(hex("0605"));

        assertThat(container.getAccountType()).isEqualTo(AdvEncryptionType.HOSTED);
        assertThat(container.getHmac().toByteArray())
                .isEqualTo(mac.doFinal(container.getDetails().toByteArray()));
        byte[] message = ByteString.copyFrom(hex("0605"))
                .concat(signed.getDetails())
                .concat(ByteString.copyFrom(companion.publicKey()))
                .toByteArray();
        assertThat(XEdDsa.verify(
                        account.publicKey(),
                        message,
                        signed.getAccountSignature().toByteArray()))
                .isTrue();
    }

    @Test
    void refusesAnIdentityMadeUnderAnotherSecret() {
        byte[] another = hex("08".repeat(32));

        assertThat(DeviceIdentity.accept(issue(false), another, companion, random))
                .isEqualTo(new Rejected(401, "hmac-mismatch"));
    }

    @Test
    void refusesAnIdentityMadeForAnotherCompanion() {
        assertThat(DeviceIdentity.accept(issue(false), secret, KeyPair.generate(random), random))
                .isEqualTo(new Rejected(401, "signature-mismatch"));
    }

    /** Hosted is authenticated: nobody can turn one kind into the other on the way. */
    @Test
    void refusesAnIdentityWhoseTypeWasChanged() throws Exception {
        byte[] turned = AdvSignedDeviceIdentityHmac.parseFrom(issue(false)).toBuilder()
                .setAccountType(AdvEncryptionType.HOSTED)
                .build()
                .toByteArray();

        assertThat(DeviceIdentity.accept(turned, secret, companion, random))
                .isEqualTo(new Rejected(401, "hmac-mismatch"));
    }

    @Test
    void refusesAnIdentityWithAnyBitChanged() {
        byte[] issued = issue(false);
        for (int i = 0; i < issued.length; i++) {
            byte[] changed = issued.clone();
            changed[i] ^= 4;
            assertThat(DeviceIdentity.accept(changed, secret, companion, random))
                    .as("byte %d", i)
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void refusesWhatIsNoIdentity() {
        assertThat(DeviceIdentity.accept(new byte[] {(byte) 0xFF}, secret, companion, random))
                .isEqualTo(new Rejected(500, "internal-error"));
        assertThat(DeviceIdentity.accept(new byte[0], secret, companion, random))
                .isEqualTo(new Rejected(401, "hmac-mismatch"));
        assertThat(DeviceIdentity.accept(authenticated(new byte[] {(byte) 0xFF}), secret, companion, random))
                .isEqualTo(new Rejected(500, "internal-error"));
        assertThat(DeviceIdentity.accept(authenticated(new byte[0]), secret, companion, random))
                .isEqualTo(new Rejected(401, "signature-mismatch"));
    }

    /** Bytes of our own under a right HMAC, as a phone out of its mind would send them. */
    private byte[] authenticated(byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return AdvSignedDeviceIdentityHmac.newBuilder()
                    .setDetails(ByteString.copyFrom(signed))
                    .setHmac(ByteString.copyFrom(mac.doFinal(signed)))
                    .build()
                    .toByteArray();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void verifiesOnlyForThoseWhoSigned() {
        Accepted accepted = accepted(issue(false));
        byte[] other = KeyPair.generate(random).publicKey();

        assertThat(DeviceIdentity.verify(accepted.reply(), other, companion.publicKey()))
                .isFalse();
        assertThat(DeviceIdentity.verify(accepted.reply(), account.publicKey(), other))
                .isFalse();
        assertThat(DeviceIdentity.verify(accepted.full(), other, companion.publicKey()))
                .isFalse();
        assertThat(DeviceIdentity.verify(new byte[0], account.publicKey(), companion.publicKey()))
                .isFalse();
        assertThat(DeviceIdentity.verify(new byte[] {(byte) 0xFF}, account.publicKey(), companion.publicKey()))
                .isFalse();
    }

    @Test
    void verifiesOnlyWhatIsCountersigned() throws Exception {
        AdvSignedDeviceIdentity full =
                AdvSignedDeviceIdentity.parseFrom(accepted(issue(false)).full());

        assertThat(verify(full.toBuilder().clearDeviceSignature().build().toByteArray()))
                .isFalse();
        assertThat(verify(full.toBuilder().clearAccountSignature().build().toByteArray()))
                .isFalse();
        assertThat(verify(full.toBuilder()
                        .setAccountSignatureKey(ByteString.copyFrom(companion.publicKey()))
                        .build()
                        .toByteArray()))
                .isFalse();
    }

    /** A business host signs with a prefix of its own; that one means nothing for a device that isn't hosted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void acceptsTheHostsPrefixFromHostsOnly(boolean hosted) throws Exception {
        AdvSignedDeviceIdentity full =
                AdvSignedDeviceIdentity.parseFrom(accepted(issue(hosted)).full());
        byte[] message = ByteString.copyFrom(hex("0606"))
                .concat(full.getDetails())
                .concat(ByteString.copyFrom(companion.publicKey()))
                .concat(ByteString.copyFrom(account.publicKey()))
                .toByteArray();
        byte[] byTheHost = full.toBuilder()
                .setDeviceSignature(ByteString.copyFrom(companion.sign(message, random)))
                .build()
                .toByteArray();

        assertThat(verify(byTheHost)).isEqualTo(hosted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theListOfKeyIndexesIsSignedByTheAccount(boolean hosted) throws Exception {
        AdvSignedKeyIndexList list = AdvSignedKeyIndexList.parseFrom(
                DeviceIdentity.keyIndexList(account, RAW_ID, NOW, 5, List.of(1, 3, 5), random, hosted));
        AdvKeyIndexList details = AdvKeyIndexList.parseFrom(list.getDetails());
        byte[] message = ByteString.copyFrom(hex(hosted ? "0607" : "0602"))
                .concat(list.getDetails())
                .toByteArray();

        assertThat(details.getAccountType()).isEqualTo(hosted ? AdvEncryptionType.HOSTED : AdvEncryptionType.E2EE);
        assertThat(details.getValidIndexesList()).containsExactly(1, 3, 5);
        assertThat(details.getCurrentIndex()).isEqualTo(5);
        assertThat(Integer.toUnsignedLong(details.getRawId())).isEqualTo(RAW_ID);
        assertThat(list.getAccountSignatureKey().toByteArray()).isEqualTo(account.publicKey());
        assertThat(XEdDsa.verify(
                        account.publicKey(), message, list.getAccountSignature().toByteArray()))
                .isTrue();
    }

    private byte[] issue(boolean hosted) {
        return DeviceIdentity.issue(account, companion.publicKey(), secret, RAW_ID, NOW, 3, random, hosted);
    }

    private Accepted accepted(byte[] issued) {
        return switch (DeviceIdentity.accept(issued, secret, companion, random)) {
            case Accepted accepted -> accepted;
            case Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    private boolean verify(byte[] identity) {
        return DeviceIdentity.verify(identity, account.publicKey(), companion.publicKey());
    }
}
