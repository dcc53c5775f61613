package io.greenfinch.app.doctor;

import io.greenfinch.app.cli.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at what this machine gives a process. */
record MachineLook() {

    private static final Path LIMITS = Path.of("/proc/self/limits");

    /** Each session has a connection, and so has each caller. */
    private static final long FEW_FILES = 4096;

    List<Finding> look() {
        return Stream.concat(Stream.of(java()), files().stream()).toList();
    }

    private static Finding java() {
        return Finding.ok(
                "version",
                "greenfinch " + Version.text() + ", Java " + Runtime.version() + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors, heap up to "
                        + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB");
    }

    private static Optional<Finding> files() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" {2,}"))
                    .filter(words -> words.length > 2 && words[2].matches("[0-9]{1,15}"))
                    .map(words -> Long.parseLong(words[2]))
                    .map(most -> most < FEW_FILES
                            ? Finding.warning(
                                    "open files",
                                    "at most " + most + " for a process",
                                    "raise the limit for many instances: LimitNOFILE= of the unit, or ulimit -n")
                            : Finding.ok("open files", "at most " + most + " for a process"))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // another system than Linux
        }
    }
}
