package io.greenfinch.interop.page;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Clients that are programs: they print the body and, on a line of its own, the status. */
final class CommandLine {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private CommandLine() {}

    static boolean succeeds(List<String> command) {
        try (Program<String> program = start(command)) {
            return program.awaitExit(DEADLINE) == 0;
        }
    }

    static Answer run(List<String> command) {
        try (Program<String> program = start(command)) {
            if (program.awaitExit(DEADLINE) != 0) {
                throw program.failure("%s failed".formatted(command.getFirst()));
            }
            List<String> lines = program.outputToItsEnd(DEADLINE);
            int status = Integer.parseInt(lines.getLast().strip());
            return new Answer(status, String.join("\n", lines.subList(0, lines.size() - 1)));
        }
    }

    private static Program<String> start(List<String> command) {
        Path errors = Checkout.folder().resolve("interop/target/page/%s.log".formatted(command.getFirst()));
        return Program.start(command, Map.of(), errors, line -> line);
    }
}
