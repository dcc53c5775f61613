package io.greenfinch.interop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the person who runs a gateway is told and can do beside it. */
class OperatorIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TOKEN = ".*[0-9a-f]{50}.*";
    private static final String ERASE = "\u001b[J";

    @TempDir
    Path folder;

    private Path data;
    private AppProcess simulatorProcess;
    private SimulatorAdmin simulator;

    @BeforeEach
    void startSimulator() {
        data = folder.resolve("data");
        simulatorProcess = AppProcess.simulator();
        simulator = new SimulatorAdmin(URI.create(simulatorProcess.value("Simulator")));
    }

    @AfterEach
    void stopSimulator() {
        simulatorProcess.close();
    }

    @Test
    void keepsTokenAndCodeOutOfAnOutputThatIsNoTerminal() throws IOException {
        try (GatewayService gateway = GatewayService.start(data, simulator)) {
            Path token = data.resolve("first-instance-token");
            assertThat(gateway.app().lines())
                    .contains("apiTokenInstance  in " + token)
                    .noneMatch(line -> line.matches(TOKEN) || line.matches(".*[▀▄█].*"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
            assertThat(gateway.firstInstance().get("getStateInstance").body())
                    .isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        }
    }

    @Test
    void namesAndShowsAnInstanceThatNobodyWasToldOf() {
        try (GatewayService gateway = GatewayService.start(data, simulator)) {
            String id = gateway.app().value("idInstance");
            gateway.app().kill();

            try (GatewayService again = GatewayService.start(data, simulator)) {
                assertThat(again.app().value("Not linked"))
                        .isEqualTo(id + ", link it with: ./greenfinch instances link " + id + " --data " + data);
                assertThat(instances("--data", data.toString())).containsExactly(id + "  notAuthorized  first");
                List<String> shown = instances("show", id, "--data", data.toString());
                assertThat(shown)
                        .contains("apiUrl            " + again.apiUrl(), "state             notAuthorized")
                        .anyMatch(line -> line.startsWith("apiTokenInstance") && line.matches(TOKEN));
                assertThat(refused("show", "7", "--data", data.toString()))
                        .isEqualTo("There is no instance 7 at " + again.apiUrl() + ".");
                assertThat(refused("list", "--url", again.apiUrl().toString(), "--partner-token", "wrong"))
                        .isEqualTo("The gateway at " + again.apiUrl() + " does not take this partner token.");
                assertThat(again.app().stop()).isZero();
            }
            assertThat(refused("list", "--data", data.toString()))
                    .startsWith("No gateway runs on the data folder " + data);
        }
    }

    /** The code comes as a picture, and is scanned as it comes. */
    @Test
    void linksBesideARunningGatewayAndTheSimulatorTellsWhatHappens() {
        simulator.createPerson("Anna");
        simulator.createPerson("Bob");
        try (GatewayService gateway = GatewayService.start(data, simulator);
                AppProcess link = AppProcess.run(
                        List.of("instances", "link", gateway.app().value("idInstance"), "--data", data.toString()),
                        Map.of())) {
            link.awaitLine(line -> line.contains("▀"), DEADLINE);
            Gateway instance = gateway.firstInstance();
            String picture = instance.get("qr").json().get("message").asString();
            simulator.scan(Base64.getDecoder().decode(picture), "Anna");

            assertThat(link.awaitExit(DEADLINE)).isZero();
            link.awaitLine(line -> line.endsWith(" is linked."), DEADLINE);
            simulatorProcess.awaitLine(line -> line.startsWith("Anna linked Greenfinch ("), DEADLINE);
            String group = simulator.createGroup("Team", "lid", "Bob", "Anna");
            simulatorProcess.awaitLine("Anna's phone: Bob created group \"Team\""::equals, DEADLINE);
            assertThat(instance.post("leaveGroup", Map.of("groupId", group)).body())
                    .isEqualTo("{\"leaveGroup\":true}");
            simulatorProcess.awaitLine("Bob's phone: Anna left \"Team\""::equals, DEADLINE);
        }
    }

    @Test
    void drawsTheCodeInPlaceOnATerminalOf24Lines() {
        try (Program<String> serve = onATerminal(
                "stty rows 24 cols 80",
                "serve",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--whatsapp-url",
                simulator.chatUrl(),
                "--whatsapp-root-key",
                simulator.rootKey())) {
            String token = serve.await(
                    "the token",
                    lines -> lines.filter(line -> line.matches("apiTokenInstance  [0-9a-f]{50}"))
                            .findFirst(),
                    DEADLINE);
            String id = serve.await(
                    "the id",
                    lines -> lines.filter(line -> line.startsWith("idInstance")).findFirst(),
                    DEADLINE);
            String api = serve.await(
                    "the address",
                    lines -> lines.filter(line -> line.startsWith("apiUrl")).findFirst(),
                    DEADLINE);
            serve.await(
                    "the caption",
                    lines -> lines.filter(line -> line.startsWith("On the phone"))
                            .findFirst(),
                    DEADLINE);
            List<String> code = serve.output().stream()
                    .filter(line -> line.startsWith("\u001b[97;40m"))
                    .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                    .toList();
            assertThat(code)
                    .hasSizeBetween(15, 22)
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(80));

            Gateway instance = new Gateway(URI.create(value(api)), value(id), value(token));
            instance.link(simulator, "Anna");

            serve.await(
                    "the end of the code",
                    lines -> lines.filter(line -> line.contains("\u001b[" + (code.size() + 1) + "A" + ERASE)
                                    && line.endsWith("Instance " + value(id) + " is linked."))
                            .findFirst(),
                    DEADLINE);
        }
    }

    @Test
    void tellsAnAddressThatOthersCanUse() {
        try (AppProcess app = AppProcess.start(
                "serve",
                "--data",
                data.toString(),
                "--listen",
                "0.0.0.0:0",
                "--whatsapp-url",
                simulator.chatUrl(),
                "--whatsapp-root-key",
                simulator.rootKey())) {
            URI api = URI.create(app.value("apiUrl"));
            assertThat(api.getHost()).isNotEqualTo("0.0.0.0");
            assertThat(app.lines()).anyMatch(line -> line.contains("--public-url"));
            Gateway instance = new GatewayService(app, api).firstInstance();
            assertThat(instance.get("getStateInstance").status()).isEqualTo(200);
        }
    }

    /** One of two has to go elsewhere; the first, when somebody else on this machine has the usual port. */
    @Test
    void tellsMetricsAtAFreePortWhereTheUsualOneIsTaken() {
        try (GatewayService first = GatewayService.start(data, simulator);
                GatewayService second = GatewayService.start(folder.resolve("other"), simulator)) {
            String usual = "http://127.0.0.1:9464/metrics";
            GatewayService elsewhere = first.app().value("Metrics").equals(usual) ? second : first;
            String metrics = elsewhere.app().value("Metrics");
            assertThat(metrics).startsWith("http://127.0.0.1:").isNotEqualTo(usual);
            assertThat(elsewhere.app().errors()).contains("WARN", "127.0.0.1:9464", metrics);
        }
    }

    private static String value(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    /** The app on a terminal of its own, after a shell command. */
    private Program<String> onATerminal(String before, String... arguments) {
        List<String> words = new ArrayList<>(List.of(AppProcess.script().toString()));
        words.addAll(List.of(arguments));
        String command = before + "; exec "
                + String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
        return Program.start(
                List.of("script", "-qec", command, "/dev/null"),
                Map.of("SHELL", "/bin/sh"),
                folder.resolve("errors"),
                String::stripTrailing);
    }

    private static List<String> instances(String... arguments) {
        try (AppProcess app = run(arguments)) {
            assertThat(app.awaitExit(DEADLINE)).as(app.errors()).isZero();
            return app.allLines();
        }
    }

    private static String refused(String... arguments) {
        try (AppProcess app = run(arguments)) {
            assertThat(app.awaitExit(DEADLINE)).isEqualTo(1);
            return app.errors().strip();
        }
    }

    private static AppProcess run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("instances"));
        all.addAll(List.of(arguments));
        return AppProcess.run(all, Map.of());
    }
}
