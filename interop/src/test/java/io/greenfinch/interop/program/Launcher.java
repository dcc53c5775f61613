package io.greenfinch.interop.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * {@code ./greenfinch} over the jars of this build: a copy of the script in a folder without sources, so that it has nothing to build (the
 * build that runs the tests holds the build's lock). The folder's name has spaces in it on purpose.
 */
final class Launcher {
    private static final Path SCRIPT = prepare();

    private Launcher() {}

    /** The script to start the app with. It becomes the app, so that its process id is the app's. */
    static Path script() {
        return SCRIPT;
    }

    private static Path prepare() {
        Path libraries = Checkout.folder().resolve("app/target/greenfinch/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException("the app is not built: run ./greenfinch --version");
        }
        try {
            Path folder = Checkout.folder().resolve("interop/target/a launcher");
            Path distribution = Files.createDirectories(folder.resolve("app/target/greenfinch"));
            Path link = distribution.resolve("lib");
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, libraries);
            }
            Files.write(distribution.resolve("built"), List.of());
            return Files.copy(
                    Checkout.folder().resolve("greenfinch"),
                    folder.resolve("greenfinch"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
