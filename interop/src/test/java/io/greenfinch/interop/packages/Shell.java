package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs commands of the system, and looks at what comes out. */
record Shell(Path logs) {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** What buildah needs where it is in a container itself. */
    private static final Map<String, String> NESTED = Map.of("STORAGE_DRIVER", "vfs", "BUILDAH_ISOLATION", "chroot");

    /** Runs a command that has to succeed; returns what it printed. */
    List<String> run(Duration deadline, String... command) {
        return run(deadline, Map.of(), List.of(command));
    }

    List<String> run(Duration deadline, Map<String, String> environment, List<String> command) {
        try (Program<String> program = start(environment, command)) {
            if (program.awaitExit(deadline) != 0) {
                throw program.failure("failed: " + String.join(" ", command));
            }
            return program.outputToItsEnd(deadline);
        }
    }

    /** Runs a command that has to fail. */
    void fails(Duration deadline, String... command) {
        try (Program<String> program = start(Map.of(), List.of(command))) {
            assertThat(program.awaitExit(deadline))
                    .as(String.join(" ", command))
                    .isNotZero();
        }
    }

    Program<String> start(Map<String, String> environment, List<String> command) {
        Path log = logs.resolve("%02d-%s.log"
                .formatted(
                        NUMBERS.incrementAndGet(), Path.of(command.getFirst()).getFileName()));
        Map<String, String> all = new HashMap<>(NESTED);
        all.putAll(environment);
        return Program.start(command, all, log, line -> line);
    }
}
