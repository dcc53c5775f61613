package io.greenfinch.app.options;

import io.greenfinch.app.cli.Specs;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where a gateway keeps its data. */
public final class DataOption {

    private final OptionSpec folder;

    private DataOption(String usual, String description) {
        folder = Specs.option("--data", Path.class, "FOLDER", description + " (default: ${DEFAULT-VALUE}).")
                .defaultValue(usual)
                .build();
    }

    /** The gateway's own. */
    public static DataOption ofGateway() {
        return new DataOption("./data", "Database, master key and files");
    }

    /** The sandbox's. */
    public static DataOption ofSandbox() {
        return new DataOption("./sandbox-data", "The sandbox's folder, wiped at each start");
    }

    public CommandSpec addTo(CommandSpec command) {
        return command.addOption(folder);
    }

    public Path folder() {
        return folder.getValue();
    }
}
