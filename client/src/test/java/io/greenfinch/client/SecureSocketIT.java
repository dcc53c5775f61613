package io.greenfinch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code wss}, with a certificate that only the further CAs of the settings vouch for. */
@Timeout(60)
final class SecureSocketIT {

    private static final String PASSWORD = "for this test only";

    @TempDir
    private Path folder;

    private SessionFixture fixture;
    private Path certificate;
    private URI url;

    @BeforeEach
    void begin() throws Exception {
        fixture = new SessionFixture();
        Path keys = folder.resolve("keys.p12");
        certificate = folder.resolve("certificate.pem");
        keytool(
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-keystore", keys.toString(), "-file", certificate.toString());
        url = fixture.server.listenSecurely(keys, PASSWORD);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void aFurtherCaIsTrusted() {
        fixture.restart(settings().withTrustedCertificates(certificate));

        assertThat(fixture.session().account().pairingCode(fixture.soon())).isInstanceOf(PairingCode.Code.class);
        fixture.linked();
    }

    @Test
    void withoutItTheServerIsNotTrusted() {
        fixture.restart(settings());

        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .isEqualTo(new PairingCode.Unavailable(DisconnectCause.UNTRUSTED_CERTIFICATE));
        assertThat(fixture.server.connections()).isEmpty();
    }

    @Test
    void aFileThatHoldsNoCertificateIsRefusedAtTheStart() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        assertThatThrownBy(() -> fixture.restart(settings().withTrustedCertificates(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");
    }

    private ClientSettings settings() {
        return ClientSettings.defaults(url, fixture.server.authority.rootPublicKey());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD, "-alias", "test", "-noprompt"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
