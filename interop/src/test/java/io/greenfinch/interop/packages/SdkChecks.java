package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Sample bots on GREEN-API's own SDKs, moved to an unpacked archive as docs/migration tells: by another host where the SDK takes
 * one, by a local name and a certificate where it doesn't. Needs root, Node.js, Python and Caddy; {@code ./greenfinch test --long}
 * brings them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkChecks {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Path SDKS = Checkout.folder().resolve("interop/sdks");
    private static final Path WORK = MadePackages.WORK.resolve("sdks");
    private static final String ENTER = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    private final Shell shell = new Shell(WORK.resolve("logs"));
    private AppProcess simulatorProcess;
    private SimulatorAdmin simulator;
    private Person anna;
    private Program<String> serving;
    private Gateway gateway;

    @BeforeAll
    void unpack() throws IOException {
        MadePackages.need("node", "python3", "caddy", "tar", "git", "unshare");
        Path archive = MadePackages.ofThisCheckout(shell).archive();
        Path folder = WORK.resolve("unpacked");
        shell.run(DEADLINE, "rm", "-rf", folder.toString());
        Files.createDirectories(folder);
        shell.run(DEADLINE, "tar", "-C", folder.toString(), "--strip-components=1", "-xf", archive.toString());
        simulatorProcess = AppProcess.simulator();
        simulator = new SimulatorAdmin(URI.create(simulatorProcess.value("Simulator")));
        anna = simulator.createPerson("Anna");
        simulator.createPerson("Bob");
        String program = folder.resolve("bin/greenfinch").toString();
        InstalledGateway installed = new InstalledGateway(
                shell,
                words -> words.stream()
                        .map(word -> word.equals("greenfinch") ? program : word)
                        .toList(),
                folder.resolve("data").toString());
        serving = installed.serve(simulator, Map.of());
        gateway = installed.linked(simulator);
        // What the SDK for Python sees to by itself, users of the other do by hand.
        gateway.post("setSettings", Map.of("incomingWebhook", "yes"));
    }

    @AfterAll
    void stop() {
        if (serving != null) {
            serving.close();
        }
        if (simulatorProcess != null) {
            simulatorProcess.close();
        }
    }

    @Test
    void aBotInPythonAnswersAndLeaves() {
        answersAndLeaves(
                "Python",
                Checkout.folder().resolve("interop/target/sdks/bin/python").toString(),
                SDKS.resolve("bot.py").toString());
    }

    @Test
    void aBotInJavaScriptAnswersAndLeaves() {
        answersAndLeaves("JavaScript", "node", SDKS.resolve("bot.mjs").toString());
    }

    private void answersAndLeaves(String language, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(
                gateway.idInstance(),
                gateway.apiTokenInstance(),
                gateway.apiUrl().toString()));
        try (Program<String> bot = shell.start(Map.of(), words)) {
            bot.await("it is ready", lines -> lines.filter("ready"::equals).findFirst(), DEADLINE);
            simulator.write("Bob", anna.phone(), "hello, " + language);
            await().atMost(DEADLINE).until(() -> simulator.sees("Bob", "hello from " + language));

            String group = simulator.createGroup("Bots", "lid", "Bob", "Anna");
            simulator.write("Bob", group, "goodbye, " + language);
            String left = bot.await(
                    "it has left",
                    lines -> lines.filter(line -> line.startsWith("left")).findFirst(),
                    DEADLINE);
            assertThat(left).containsPattern("leaveGroup\\W+[Tt]rue");
            assertThat(simulator.membersOf(group)).hasSize(1);
        }
    }

    @Test
    void aProgramWithAFixedHostIsServedByALocalNameAndCertificate() throws IOException {
        String group = simulator.createGroup("Fixed host", "lid", "Bob", "Anna");
        Path hosts =
                Files.writeString(WORK.resolve("hosts"), "127.0.0.1 localhost api.green-api.com media.green-api.com\n");
        Path certificates = WORK.resolve("caddy");
        Path root = certificates.resolve("caddy/pki/authorities/local/root.crt");
        try (Program<String> caddy = shell.start(
                Map.of(
                        "XDG_DATA_HOME",
                        certificates.toString(),
                        "XDG_CONFIG_HOME",
                        certificates.toString(),
                        "GATEWAY",
                        gateway.apiUrl().getAuthority()),
                List.of("caddy", "run", "--config", SDKS.resolve("Caddyfile").toString()))) {
            await().atMost(DEADLINE)
                    .until(() -> Files.exists(root) && caddy.errors().contains("serving initial"));
            List<String> told = shell.run(
                    DEADLINE,
                    Map.of("NODE_EXTRA_CA_CERTS", root.toString()),
                    List.of(
                            "unshare",
                            "--mount",
                            "--propagation",
                            "slave",
                            "sh",
                            "-c",
                            ENTER,
                            hosts.toString(),
                            "node",
                            SDKS.resolve("fixed-host.mjs").toString(),
                            gateway.idInstance(),
                            gateway.apiTokenInstance(),
                            simulator.person("Bob").phone() + "@c.us",
                            "From where the host is fixed",
                            group));
            assertThat(told).anyMatch(line -> line.startsWith("sent "));
            assertThat(told).contains("left {\"leaveGroup\":true}");
            await().atMost(DEADLINE).until(() -> simulator.sees("Bob", "From where the host is fixed"));
        }
    }
}
