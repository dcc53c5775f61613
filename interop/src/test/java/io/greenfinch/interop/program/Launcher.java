package io.greenfinch.interop.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code ./greenfinch} over the jars of this build: a copy of the script in a folder without sources, so that it has nothing to build (the
 * build that runs the tests holds the build's lock), rehearsed. The folder's name has spaces in it on purpose.
 */
public final class Launcher {
    private static final Duration REHEARSAL = Duration.ofMinutes(3);

    private static final Path SCRIPT = prepare();

    private Launcher() {}

    /** The script to start the app with. It becomes the app, so that its process id is the app's. */
    static Path script() {
        return SCRIPT;
    }

    /** Where the script has what it starts: the jars, and what it made of them. */
    public static Path distribution() {
        return SCRIPT.resolveSibling("app/target/greenfinch");
    }

    private static Path prepare() {
        Path libraries = Checkout.folder().resolve("app/target/greenfinch/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException("the app is not built: run ./greenfinch --version");
        }
        Path folder = Checkout.folder().resolve("interop/target/a launcher");
        try (FileChannel turns = FileChannel.open(
                        Files.createDirectories(folder).resolveSibling("launcher.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock _ = turns.lock()) {
            return prepare(folder, libraries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By one of the JVMs that run tests at a time: the next finds it rehearsed. */
    private static Path prepare(Path folder, Path libraries) throws IOException {
        Path distribution = Files.createDirectories(folder.resolve("app/target/greenfinch"));
        Path link = distribution.resolve("lib");
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, libraries);
        }
        Files.write(distribution.resolve("built"), List.of());
        Path script = folder.resolve("greenfinch");
        Path original = Checkout.folder().resolve("greenfinch");
        // Another JVM may be starting it at this moment.
        if (!Files.exists(script) || Files.mismatch(original, script) >= 0) {
            Files.copy(original, script, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        rehearse(script, folder.resolve("rehearsal-errors"));
        return script;
    }

    private static void rehearse(Path script, Path errors) {
        try (Program<String> program =
                Program.start(List.of(script.toString(), "--version"), Map.of(), errors, line -> line)) {
            if (program.awaitExit(REHEARSAL) != 0) {
                throw program.failure("the app does not start");
            }
        }
    }
}
