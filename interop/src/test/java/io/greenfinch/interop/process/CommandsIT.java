package io.greenfinch.interop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands beside a gateway that runs, as an operator or a script gives them. */
class CommandsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Clears a screen, turns the direction of writing, ends a line. */
    private static final String HOSTILE = "\u001b[2J\u202eevil\u0007<script>\"'\n$(id)";

    @TempDir
    Path folder;

    private Path data;
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        data = folder.resolve("data");
        sandbox = Sandbox.start(data);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aTextIsSentAndHeardOf() {
        String id = sandbox.gateway().idInstance();
        try (AppProcess events = run("events", id, "--after", "0", "--count", "2", "--json")) {
            assertThat(done("send", id, "+1 555 000 1002", "From the command line")
                            .getFirst())
                    .isNotEmpty();
            JsonNode sent = json(done("send", id, bob() + "@c.us", "In JSON", "--json"));
            assertThat(sent.path("idMessage").asString("")).matches("[0-9A-F]{16,32}");
            sandbox.app().awaitLine("Bob's phone: Anna: In JSON"::equals, DEADLINE);

            assertThat(events.awaitExit(DEADLINE)).as(events.errors()).isZero();
            assertThat(events.allLines())
                    .hasSize(2)
                    .allSatisfy(line ->
                            assertThat(json(List.of(line)).propertyNames()).containsExactly("id", "event", "data"));
        }
        assertThat(done("send", id, bob(), "@" + data.resolve("sandbox.json"))).hasSize(1);
        sandbox.app().awaitLine(("Bob's phone: Anna: @" + data.resolve("sandbox.json"))::equals, DEADLINE);
        assertThat(failed(2, "send", id, "Bob", "Hello")).startsWith("'Bob' is neither a chat's id nor a phone number");
        assertThat(failed(1, "send", "77", bob(), "Hello")).contains("There is no instance 77");
    }

    @Test
    void aFileIsSentAndFetched() throws IOException {
        String id = sandbox.gateway().idInstance();
        Path file = Files.write(data.resolve("report 1.pdf"), new byte[70_000]);
        JsonNode sent = json(done("send", id, bob(), "Look", "--file", file.toString(), "--json"));
        sandbox.app().awaitLine(line -> line.contains("report 1.pdf") || line.contains("Look"), DEADLINE);
        Path fetched = data.resolve("fetched.pdf");
        // The account's own file is under its link as well.
        String message = sent.path("idMessage").asString("");
        assertThat(done("download", id, bob(), message, fetched.toString())).hasSize(1);
        assertThat(fetched).hasSameBinaryContentAs(file);
        assertThat(failed(1, "download", id, bob(), message, fetched.toString()))
                .contains("already");
        assertThat(failed(2, "send", id, bob())).contains("Give a TEXT, or a --file");
        assertThat(failed(2, "send", id, bob(), "--file", data.resolve("none").toString()))
                .contains("There is no file");
    }

    private String bob() {
        return sandbox.people().stream()
                .filter(each -> each.name().equals("Bob"))
                .findFirst()
                .orElseThrow()
                .phone();
    }

    @Test
    void groupsAreListedAndLeftWithAResultForEach() {
        String id = sandbox.gateway().idInstance();
        String team = sandbox.group("Team").id();
        String club = sandbox.group("Book club").id();
        assertThat(done("groups", id, "--search", "team"))
                .singleElement()
                .asString()
                .matches(team + " +(super)?admin +[0-9]+  Team");
        assertThat(json(done("groups", id, "--json"))
                        .valueStream()
                        .map(each -> each.path("groupId").asString("")))
                .contains(team, club);

        String nowhere = "120363000000000000@g.us";
        try (AppProcess leave = run("leave", id, team, club, nowhere)) {
            assertThat(leave.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(leave.allLines())
                    .containsExactly(
                            team + "  left as an admin", club + "  left", nowhere + "  not left: group-not-found");
        }
        assertThat(json(done("groups", id, "--json", "--search", "team"))).isEmpty();
    }

    /** Names are anybody's: they must not do anything on a terminal, and come back as they were in JSON. */
    @Test
    void hostileNamesDoNothing() {
        String id = sandbox.gateway().idInstance();
        sandbox.simulator().createGroup(HOSTILE, "lid", "Bob", "Anna");
        sandbox.app().awaitLine(line -> line.contains("created group"), DEADLINE);

        await().atMost(DEADLINE)
                .until(() -> !done("groups", id, "--search", "evil").isEmpty());
        List<String> lines = done("groups", id, "--search", "evil");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .doesNotContain("\u001b", "\u202e", "\u0007")
                .contains("\\u001b[2J\\u202eevil");
        List<String> printed = done("groups", id, "--search", "evil", "--json");
        assertThat(printed).hasSize(1);
        assertThat(printed.getFirst()).doesNotContain("\u001b", "\u202e", "\u0007");
        assertThat(json(printed).path(0).path("subject").asString("")).isEqualTo(HOSTILE);
    }

    @Test
    void anInstancesOwnTokenIsEnough() {
        String id = sandbox.gateway().idInstance();
        String url = sandbox.gateway().apiUrl().toString();
        try (AppProcess groups = AppProcess.run(
                List.of(
                        "groups",
                        id,
                        "--url",
                        url,
                        "--data",
                        folder.resolve("none").toString()),
                Map.of("GREENFINCH_API_TOKEN", sandbox.gateway().apiTokenInstance()))) {
            assertThat(groups.awaitExit(DEADLINE)).as(groups.errors()).isZero();
        }
        assertThat(failed(1, "groups", id, "--api-token", "wrong")).contains("the token is not that of the instance");
    }

    @Test
    void instancesAreToldAsJson() {
        JsonNode listed = json(done("instances", "list", "--json"));
        assertThat(listed.path(0).path("stateInstance").asString("")).isEqualTo("authorized");
        assertThat(listed.toString()).doesNotContain(sandbox.gateway().apiTokenInstance());
        JsonNode shown = json(done("instances", "show", sandbox.gateway().idInstance(), "--json"));
        assertThat(shown.path("apiTokenInstance").asString(""))
                .isEqualTo(sandbox.gateway().apiTokenInstance());
    }

    @Test
    void theDoctorFindsWhatIsWrong() throws IOException {
        String socket = sandbox.simulator().chatUrl();
        assertThat(done("doctor", "--whatsapp-url", socket))
                .anyMatch(line -> line.matches("ok +database: whole, .*, opens with the master key"))
                .anyMatch(line -> line.matches("ok +gateway: it runs and can serve requests"))
                .anyMatch(line -> line.matches("ok +instances: 1 of 1 are linked and work"))
                .anyMatch(line -> line.matches("ok +WhatsApp: 127.0.0.1:[0-9]+ is reached, .*"));

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (AppProcess doctor = run("doctor", "--whatsapp-url", "ws://127.0.0.1:1/ws/chat", "--json")) {
            assertThat(doctor.awaitExit(DEADLINE)).isEqualTo(1);
            assertThat(json(doctor.allLines())
                            .valueStream()
                            .filter(each -> each.path("verdict").asString("").equals("failed")))
                    .extracting(each -> each.path("about").asString(""))
                    .containsExactly("data folder", "WhatsApp");
        }
    }

    @Test
    void theDoctorLooksAtCertificates() {
        try (AppProcess simulator = AppProcess.simulator("--simulator-tls-listen", "localhost:0")) {
            String socket = simulator.value("Chat (TLS)").replace("127.0.0.1", "localhost");
            try (AppProcess doctor = run("doctor", "--whatsapp-url", socket)) {
                assertThat(doctor.awaitExit(DEADLINE)).isEqualTo(1);
                assertThat(doctor.allLines())
                        .anyMatch(line -> line.matches("failed +WhatsApp certificate: .* is not trusted.*"));
            }
        }
    }

    @Test
    void shellsCompleteCommands() throws IOException {
        Path script = folder.resolve("completion.bash");
        Files.write(script, done("completion"));
        List<String> command = List.of(
                "bash",
                "-c",
                "source '" + script + "' && COMP_WORDS=(greenfinch inst) COMP_CWORD=1"
                        + " && _complete_greenfinch && printf '%s\\n' \"${COMPREPLY[@]}\"");
        try (Program<String> bash =
                Program.start(command, Map.of(), folder.resolve("bash-errors"), line -> line.strip())) {
            assertThat(bash.awaitExit(DEADLINE)).as(bash.errors()).isZero();
            assertThat(bash.outputToItsEnd(DEADLINE)).containsExactly("instances");
        }
    }

    private List<String> done(String... arguments) {
        try (AppProcess app = run(arguments)) {
            assertThat(app.awaitExit(DEADLINE)).as(app.errors()).isZero();
            return app.allLines();
        }
    }

    private String failed(int code, String... arguments) {
        try (AppProcess app = run(arguments)) {
            assertThat(app.awaitExit(DEADLINE)).isEqualTo(code);
            return app.errors().strip();
        }
    }

    private AppProcess run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("completion")) {
            all.addAll(List.of("--data", data.toString()));
        }
        return AppProcess.run(all, Map.of());
    }

    private static JsonNode json(List<String> lines) {
        return new JsonMapper().readTree(String.join("\n", lines));
    }
}
