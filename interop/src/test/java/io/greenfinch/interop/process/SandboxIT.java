package io.greenfinch.interop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.program.Program;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./greenfinch sandbox}, as a newcomer meets it. */
class SandboxIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void leavesAGroupByThePrintedCommand() {
        try (Sandbox sandbox = Sandbox.start(folder.resolve("sandbox"))) {
            String command = printed(sandbox, "/leaveGroup/");

            assertThat(shell(command)).contains("HTTP/1.1 200 OK").last().isEqualTo("{\"removeAdmin\":true}");
            sandbox.app().awaitLine("Bob's phone: Anna left \"Team\""::equals, DEADLINE);
            sandbox.app().awaitLine("Carol's phone: Anna left \"Team\""::equals, DEADLINE);
            assertThat(shell(command))
                    .contains("HTTP/1.1 200 OK", "Greenfinch-Reason: not-a-member")
                    .last()
                    .isEqualTo("{\"leaveGroup\":false}");

            String club = sandbox.group("Book club").id();
            assertThat(shell(command.replace(sandbox.group("Team").id(), club)))
                    .last()
                    .isEqualTo("{\"leaveGroup\":true}");
            sandbox.app().awaitLine("Bob's phone: Anna left \"Book club\""::equals, DEADLINE);
            assertThat(sandbox.app().lines()).noneMatch(line -> line.startsWith("Anna's phone"));
            assertThat(sandbox.app().stop()).isZero();
        }
    }

    @Test
    void writesToAPhoneAndHearsFromItByThePrintedCommands() {
        try (Sandbox sandbox = Sandbox.start(folder.resolve("sandbox"))) {
            assertThat(shell(printed(sandbox, "/sendMessage/")))
                    .contains("HTTP/1.1 200 OK")
                    .last(InstanceOfAssertFactories.STRING)
                    .startsWith("{\"idMessage\":");
            sandbox.app().awaitLine("Bob's phone: Anna: Hello"::equals, DEADLINE);
            assertThat(shell(printed(sandbox, "/admin/people/Bob/messages")))
                    .last(InstanceOfAssertFactories.STRING)
                    .startsWith("{\"id\":");
            assertThat(sandbox.app().stop()).isZero();
        }
    }

    /** The command that the sandbox printed for a newcomer to paste. */
    private static String printed(Sandbox sandbox, String what) {
        return sandbox.app().awaitLine(line -> line.strip().startsWith("curl ") && line.contains(what), Duration.ZERO);
    }

    @Test
    void goesOnWhereItStopped() {
        Path data = folder.resolve("sandbox");
        Sandbox before = Sandbox.start(data);
        try (before) {
            assertThat(leave(before, "Team")).isEqualTo(Answer.ok("{\"removeAdmin\":true}"));
            assertThat(before.app().stop()).isZero();
        }
        try (Sandbox after = Sandbox.start(data, "--keep")) {
            assertThat(after.gateway().idInstance()).isEqualTo(before.gateway().idInstance());
            assertThat(after.gateway().apiTokenInstance())
                    .isEqualTo(before.gateway().apiTokenInstance());
            assertThat(after.groups()).extracting(Sandbox.Group::subject).containsExactly("Book club", "Neighbours");
            Answer again = after.gateway()
                    .post("leaveGroup", Map.of("groupId", before.group("Team").id()));
            assertThat(again).isEqualTo(Answer.ok("{\"leaveGroup\":false}", "not-a-member"));
            assertThat(leave(after, "Book club")).isEqualTo(Answer.ok("{\"leaveGroup\":true}"));
        }
        try (Sandbox fresh = Sandbox.start(data)) {
            assertThat(fresh.groups()).extracting(Sandbox.Group::subject).contains("Team");
        }
    }

    @Test
    void wipesOnlyAFolderThatItMarked() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("thesis.txt"), "years of work");

        assertRefused(List.of("sandbox", "--data", mine.toString()), 1, "mine");

        assertThat(mine.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void keepsServeOutOfItsFolder() {
        Path data = folder.resolve("sandbox");
        try (Sandbox sandbox = Sandbox.start(data)) {
            assertThat(sandbox.app().stop()).isZero();
        }
        assertRefused(List.of("serve", "--data", data.toString()), 1, "sandbox");
    }

    @Test
    void tellsBadUsageByItsExitCode() {
        assertRefused(List.of("sandbox", "--no-such-option"), 2, "--no-such-option");
    }

    @Test
    void refusesAnUnknownVariable() {
        try (AppProcess app = AppProcess.run(
                List.of("sandbox", "--data", folder.resolve("sandbox").toString()),
                Map.of("GREENFINCH_LISTN", "127.0.0.1:0"))) {
            assertThat(app.awaitExit(AppProcess.START)).isEqualTo(2);
            assertThat(app.errors()).contains("GREENFINCH_LISTN");
        }
    }

    private static void assertRefused(List<String> arguments, int code, String mentions) {
        try (AppProcess app = AppProcess.run(arguments, Map.of())) {
            assertThat(app.awaitExit(AppProcess.START)).isEqualTo(code);
            assertThat(app.errors()).contains(mentions);
        }
    }

    private static Answer leave(Sandbox sandbox, String subject) {
        return sandbox.gateway()
                .post("leaveGroup", Map.of("groupId", sandbox.group(subject).id()));
    }

    /** What a command prints in a shell, line by line. */
    private List<String> shell(String command) {
        try (Program<String> shell =
                Program.start(List.of("sh", "-c", command), Map.of(), folder.resolve("shell-errors"), String::strip)) {
            return shell.outputToItsEnd(DEADLINE);
        }
    }
}
