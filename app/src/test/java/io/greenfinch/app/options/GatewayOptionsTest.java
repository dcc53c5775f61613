package io.greenfinch.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.app.cli.Environment;
import io.greenfinch.app.cli.UsageException;
import io.greenfinch.gateway.GatewaySettings;
import io.greenfinch.gateway.webhook.WebhookPace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the options say: where the partner token comes from, and which addresses may be called. */
class GatewayOptionsTest {

    private static final String TOKEN = "a-token-of-thirty-two-characters";

    @TempDir
    private Path folder;

    private static GatewayOptions parse(Map<String, String> environment, String... arguments) {
        GatewayOptions options = new GatewayOptions();
        new CommandLine(options.addTo(CommandSpec.create()))
                .setDefaultValueProvider(new Environment(environment))
                .parseArgs(arguments);
        return options;
    }

    @Test
    void thePartnerTokenStandsInAFileOrTheEnvironmentAsWell() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");

        assertThat(parse(Map.of(), "--partner-token-file=" + file)
                        .settings(folder)
                        .partnerToken())
                .hasValue(TOKEN);
        assertThat(parse(Map.of("GREENFINCH_PARTNER_TOKEN", TOKEN))
                        .settings(folder)
                        .partnerToken())
                .hasValue(TOKEN);
        assertThat(parse(Map.of("GREENFINCH_PARTNER_TOKEN_FILE", file.toString()))
                        .settings(folder)
                        .partnerToken())
                .hasValue(TOKEN);
        assertThat(parse(Map.of()).settings(folder).partnerToken()).isEmpty();
    }

    @Test
    void privateAddressesAreCalledInTheSandboxAndWhereThatIsAllowed() {
        assertThat(parse(Map.of()).settings(folder).privateAddresses()).isFalse();
        GatewaySettings sandbox = parse(Map.of()).sandbox(folder, URI.create("http://127.0.0.1:7020"));
        assertThat(sandbox.privateAddresses()).isTrue();
        assertThat(sandbox.simulator()).hasValue(URI.create("http://127.0.0.1:7020"));
        assertThat(parse(Map.of(), "--allow-private-addresses").settings(folder).privateAddresses())
                .isTrue();
        assertThat(parse(Map.of("GREENFINCH_ALLOW_PRIVATE_ADDRESSES", "true"))
                        .settings(folder)
                        .privateAddresses())
                .isTrue();
        assertThat(parse(Map.of()).settings(folder).history()).isEqualTo(Duration.ofDays(30));
        assertThat(parse(Map.of(), "--history=12h").settings(folder).history()).isEqualTo(Duration.ofHours(12));
        assertThat(parse(Map.of()).settings(folder).webhooks()).isEqualTo(WebhookPace.DOCUMENTED);
    }

    @Test
    void thePauseBetweenMessagesMayBeAsShortAsTheOperatorSays() {
        assertThat(parse(Map.of()).settings(folder).minSendDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(parse(Map.of(), "--min-send-delay=0").settings(folder).minSendDelay())
                .isEqualTo(Duration.ZERO);
        assertThat(parse(Map.of("GREENFINCH_MIN_SEND_DELAY", "100"))
                        .settings(folder)
                        .minSendDelay())
                .isEqualTo(Duration.ofMillis(100));
        for (String wrong : List.of("-1", "501")) {
            GatewayOptions options = parse(Map.of(), "--min-send-delay=" + wrong);
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> options.settings(folder))
                    .withMessageContaining("must be 0 to 500");
        }
    }

    @Test
    void aFileThatCanNotBeReadIsNoToken() {
        GatewayOptions missing = parse(Map.of(), "--partner-token-file=" + folder.resolve("none"));
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> missing.settings(folder))
                .withMessageContaining("can't be read");
        GatewayOptions both = parse(Map.of(), "--partner-token=" + TOKEN, "--partner-token-file=x");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> both.settings(folder))
                .withMessageContaining("exclude each other");
    }
}
