package io.greenfinch.app;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.options.DataOption;
import io.greenfinch.gateway.store.Backup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A backup of the database of a data folder, beside a running gateway or without one. */
final class BackupCommand implements Callable<Integer> {

    private final PositionalParamSpec target =
            Specs.parameter(Path.class, "FILE", "The file to write; one that is there is not replaced.");
    private final DataOption data = DataOption.ofGateway();
    private final CommandSpec spec = Specs.command(
            "backup",
            this,
            "Writes the whole database, as it is at this moment, into a new file. The gateway may be running.");

    private BackupCommand() {
        data.addTo(spec).addPositional(target);
        spec.usageMessage()
                .footer("", "The master key is not in the backup and has to be kept apart: nothing else opens it.");
    }

    static CommandSpec spec() {
        return new BackupCommand().spec;
    }

    @Override
    public Integer call() {
        Path file = target.getValue();
        Backup.write(data.folder(), file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The database of " + data.folder() + " is in " + file + ".");
        out.println("It opens only with " + data.folder().resolve("master.key")
                + ", which is not in it: keep a copy of that elsewhere.");
        out.flush();
        return 0;
    }
}
