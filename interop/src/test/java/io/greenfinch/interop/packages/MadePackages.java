package io.greenfinch.interop.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenfinch.interop.program.Checkout;
import io.greenfinch.interop.program.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Packages of what was committed in this checkout.
 *
 * @param checkout the clone in which they were built
 * @param output where they are
 */
record MadePackages(Path checkout, Path output) {

    static final Duration DEADLINE = Duration.ofMinutes(15);

    static final Path WORK = Checkout.folder().resolve("interop/target/packages");

    private static MadePackages once;

    /** Archive and Debian package, made once a run. */
    static synchronized MadePackages ofThisCheckout(Shell shell) throws IOException {
        if (once == null) {
            once = make(shell, WORK.resolve("one"), WORK.resolve("made"), "archive", "deb");
        }
        return once;
    }

    static MadePackages make(Shell shell, Path clone, Path output, String... kinds) throws IOException {
        String checkout = Checkout.folder().toString();
        assertThat(shell.run(DEADLINE, "git", "-C", checkout, "status", "--porcelain"))
                .as("what is made is what was committed")
                .isEmpty();
        shell.run(DEADLINE, "rm", "-rf", clone.toString(), output.toString());
        shell.run(DEADLINE, "git", "clone", "-q", checkout, clone.toString());
        List<String> command =
                new ArrayList<>(List.of(clone.resolve("greenfinch").toString(), "package"));
        command.addAll(List.of(kinds));
        command.addAll(List.of("--output", Files.createDirectories(output).toString()));
        shell.run(DEADLINE, Map.of(), command);
        return new MadePackages(clone, output);
    }

    Path archive() throws IOException {
        return named(".tar.gz");
    }

    Path deb() throws IOException {
        return named(".deb");
    }

    private Path named(String end) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What follows is skipped where one of these is missing, or where we are not root; in CI it fails. */
    static void need(String... tools) {
        List<String> missing = Stream.of(tools).filter(tool -> !isThere(tool)).toList();
        boolean possible = missing.isEmpty() && System.getProperty("user.name").equals("root");
        assumeTrue(possible || Machine.isCi(), "the script has said what is missing");
        assertThat(missing).isEmpty();
    }

    private static boolean isThere(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
