package io.greenfinch.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a gateway keeps its data. */
final class DataOption {

    @Option(
            names = "--data",
            defaultValue = "./data",
            paramLabel = "FOLDER",
            description = "Database, master key and files (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("data");

    Path folder() {
        return folder;
    }
}
