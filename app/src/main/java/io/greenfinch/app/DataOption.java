package io.greenfinch.app;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a gateway keeps its data. */
final class DataOption {

    private final OptionSpec folder;

    private DataOption(String usual, String description) {
        folder = Specs.option("--data", Path.class, "FOLDER", description + " (default: ${DEFAULT-VALUE}).")
                .defaultValue(usual)
                .build();
    }

    /** The gateway's own. */
    static DataOption ofGateway() {
        return new DataOption("./data", "Database, master key and files");
    }

    /** The sandbox's. */
    static DataOption ofSandbox() {
        return new DataOption("./sandbox-data", "The sandbox's folder, wiped at each start");
    }

    CommandSpec addTo(CommandSpec command) {
        return command.addOption(folder);
    }

    Path folder() {
        return folder.getValue();
    }
}
