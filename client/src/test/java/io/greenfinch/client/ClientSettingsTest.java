package io.greenfinch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.pairing.AppVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ClientSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheRealService() {
        ClientSettings settings = ClientSettings.defaults();

        assertThat(settings.url()).isEqualTo(URI.create("wss://web.whatsapp.com/ws/chat"));
        assertThat(HexFormat.of().formatHex(settings.rootKey()))
                .isEqualTo("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b");
        assertThat(settings.trustedCertificates()).isEmpty();
        assertThat(settings.version()).isEqualTo(new AppVersion(2, 3000, 1043857760));
        assertThat(settings.deviceName()).isEqualTo("Greenfinch");
        assertThat(settings.connectLimit()).isEqualTo(200);
        assertThat(settings.pingAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.pingTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void eachCanBeChangedAlone() {
        ClientSettings defaults = ClientSettings.defaults();

        assertThat(defaults.withDeviceName("Office").deviceName()).isEqualTo("Office");
        assertThat(defaults.withConnectLimit(3).connectLimit()).isEqualTo(3);
        assertThat(defaults.withVersion(new AppVersion(2, 3000, 1)).version()).isEqualTo(new AppVersion(2, 3000, 1));
        assertThat(defaults.withTrustedCertificates(Path.of("ca.pem")).trustedCertificates())
                .hasValue(Path.of("ca.pem"));
    }

    @Test
    void whatCanNotWorkIsRefused() {
        assertThatThrownBy(() -> ClientSettings.defaults(URI.create("https://x"), new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientSettings.defaults(URI.create("ws://x"), new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientSettings.defaults().withConnectLimit(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
