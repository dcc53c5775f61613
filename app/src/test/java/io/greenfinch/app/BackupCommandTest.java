package io.greenfinch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.GatewaySettings;
import io.greenfinch.gateway.webhook.WebhookPace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code backup} beside a running gateway, and {@code restore} once it has stopped. */
final class BackupCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatWasBackedUpWhileTheGatewayRanIsThereAfterTheLoss() throws IOException {
        Path data = folder.resolve("data");
        Path file = folder.resolve("backup");
        long id;
        try (Gateway gateway = serve(data)) {
            id = gateway.createInstance("first").id();
            assertThat(run("backup", file.toString(), "--data", data.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains(data.resolve("master.key").toString());
            assertThat(run("restore", file.toString(), "--data", data.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("is in use by another process.");
        }
        Files.delete(data.resolve("greenfinch.db"));
        assertThat(run("restore", file.toString(), "--data", data.toString()))
                .as(err.toString())
                .isZero();
        try (Gateway gateway = serve(data)) {
            assertThat(gateway.instances()).extracting(Gateway.InstanceView::id).containsExactly(id);
        }
    }

    @Test
    void whatCanNotBeDoneIsOneSentence() {
        assertThat(run("backup", folder.resolve("backup").toString(), "--data", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("There is no database ");
        assertThat(run("backup")).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine root = Main.commandLine();
        root.setOut(new PrintWriter(out, true));
        root.setErr(new PrintWriter(err, true));
        return Main.run(root, Map.of(), arguments);
    }

    private static Gateway serve(Path data) {
        GatewaySettings settings = new GatewaySettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.empty(),
                data,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                false,
                Map.of(),
                GatewaySettings.MIN_SEND_DELAY,
                Optional.empty(),
                GatewaySettings.HISTORY,
                false,
                WebhookPace.DOCUMENTED,
                GatewaySettings.FILES_ROOM,
                Optional.empty(),
                Optional.empty(),
                Clock.systemUTC(),
                new SecureRandom());
        return Gateway.start(settings, ClientSettings.defaults(URI.create("ws://127.0.0.1:1/ws/chat"), new byte[32]));
    }
}
