package io.greenfinch.app;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.options.DataOption;
import io.greenfinch.app.options.GatewayOptions;
import io.greenfinch.gateway.store.Backup;
import io.greenfinch.gateway.store.Backup.Waiting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Puts a backup in the place of the database of a data folder that no gateway uses. */
final class RestoreCommand implements Callable<Integer> {

    private final PositionalParamSpec backup = Specs.parameter(Path.class, "FILE", "What the command backup wrote.");
    private final OptionSpec queue = Specs.option(
                    "--queue",
                    Waiting.class,
                    "WHAT",
                    "What becomes of messages that waited to be sent when the backup was made, and may have been sent since:"
                            + " send or drop. Asked for when there are any.")
            .build();
    private final DataOption data = DataOption.ofGateway();
    private final CommandSpec spec = Specs.command(
            "restore",
            this,
            "Puts a backup in the place of the database; the one that is there is put aside. Stop the gateway first.");

    private RestoreCommand() {
        data.addTo(spec).addOption(queue).addPositional(backup);
        spec.usageMessage().footer("", "In an empty folder, put the copy of master.key there first.");
    }

    static CommandSpec spec() {
        return new RestoreCommand().spec;
    }

    @Override
    public Integer call() {
        Path file = backup.getValue();
        Optional<Path> aside = Backup.restore(data.folder(), file, GatewayOptions.masterKey(), Specs.optional(queue));
        PrintWriter out = spec.commandLine().getOut();
        out.println("The database of " + data.folder() + " is that of " + file + ".");
        aside.ifPresent(old -> out.println("The one before is now " + old + "."));
        out.flush();
        return 0;
    }
}
