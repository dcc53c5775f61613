package io.greenfinch.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.Account;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.noise.ServerKey;
import io.greenfinch.protocol.pairing.QrCode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CredentialsTest {

    private final DeviceKeys keys = DeviceKeys.generate(new SecureRandom());
    private final Account account = new Account(
            new Jid("15550001001", 3, Jid.USERS, 0),
            Optional.of(new Jid("900000000000001", 3, Jid.LIDS, 0)),
            "android");
    private final Route route = new Route(
            Optional.of(new ServerKey(new byte[32], new byte[32], Instant.EPOCH, Instant.EPOCH.plusSeconds(9))),
            Instant.EPOCH.plusSeconds(5),
            new byte[] {7, 8});
    private final KeyCare care = new KeyCare(Instant.ofEpochSecond(7), false, Instant.ofEpochSecond(8));
    private final Credentials credentials = new Credentials(
            keys, account, new byte[] {1, 2, 3}, "Shop", PreKeyNumbers.of(51, 8_400_000), true, route, care, "Anna");

    @Test
    void everythingComesBackFromTheStore() {
        Credentials read = Credentials.of(credentials.put().value());

        assertThat(read.account()).isEqualTo(account);
        assertThat(read.identity()).isEqualTo(credentials.identity());
        assertThat(read.businessName()).isEqualTo("Shop");
        assertThat(read.preKeys()).isEqualTo(new PreKeyNumbers(51, 8_400_000));
        assertThat(read.groupsKnown()).isTrue();
        assertThat(read.route()).isEqualTo(route);
        assertThat(read.care()).isEqualTo(care);
        assertThat(read.pushName()).isEqualTo("Anna");
        assertThat(read.device().noise().privateKey()).isEqualTo(keys.noise().privateKey());
        assertThat(read.device().identity().privateKey())
                .isEqualTo(keys.identity().privateKey());
        assertThat(read.device().signedPreKey()).isEqualTo(keys.signedPreKey());
        assertThat(read.device().registrationId()).isEqualTo(keys.registrationId());
        assertThat(read.device().advSecret()).isEqualTo(keys.advSecret());
    }

    @Test
    void anAccountWithoutLidComesBack() {
        Account withoutLid = new Account(account.pn(), Optional.empty(), "");
        assertThat(Credentials.of(credentials.withAccount(withoutLid).put().value())
                        .account())
                .isEqualTo(withoutLid);
    }

    @Test
    void areStoredAsSecrets() {
        assertThat(credentials.put().kind()).isEqualTo(StateKind.CREDENTIALS);
        assertThat(credentials.put().kind().secret()).isTrue();
        assertThat(credentials.put().key()).isEqualTo("self");
    }

    @Test
    void otherBytesAreRefusedInOneKindOfException() {
        assertThatThrownBy(() -> Credentials.of(new byte[0])).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> Credentials.of(new byte[] {1, 2, 3})).isInstanceOf(StoreException.class);
    }

    @Test
    void noKeyIsShown() {
        String shown = credentials + " " + credentials.device() + " " + credentials.put();
        HexFormat hex = HexFormat.of();

        assertThat(shown)
                .doesNotContain(hex.formatHex(keys.noise().privateKey()))
                .doesNotContain(hex.formatHex(keys.identity().privateKey()))
                .doesNotContain(hex.formatHex(keys.advSecret()));
        PairingCode code = new PairingCode.Code(keys.qrCode("2@ref").text(), Instant.EPOCH);
        assertThat(code.toString()).doesNotContain("ref");
    }

    @Test
    void theQrCodeCarriesTheKeysOfThisDevice() {
        QrCode code = QrCode.parse(keys.qrCode("2@ref").text()).orElseThrow();

        assertThat(code.noiseKey()).isEqualTo(keys.noise().publicKey());
        assertThat(code.identityKey()).isEqualTo(keys.identity().publicKey());
        assertThat(code.advSecret()).isEqualTo(keys.advSecret());
        assertThat(keys.registrationId()).isBetween(1, 16380);
    }
}
