package io.greenfinch.interop.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checkout that the tests run in, found from the working directory upwards. */
public final class Checkout {
    private static final Path FOLDER = find();

    private Checkout() {}

    /** The repository's root, absolute. */
    public static Path folder() {
        return FOLDER;
    }

    private static Path find() {
        Path start = Path.of("").toAbsolutePath();
        return Stream.iterate(start, path -> path != null, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("greenfinch"))
                        && Files.isRegularFile(path.resolve("interop/pom.xml")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no checkout of Greenfinch around " + start));
    }
}
