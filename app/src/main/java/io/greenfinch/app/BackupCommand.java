package io.greenfinch.app;

import io.greenfinch.gateway.store.Backup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A backup of the database of a data folder, beside a running gateway or without one. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Writes the whole database, as it is at this moment, into a new file. The gateway may be running.",
        footer = {"", "The master key is not in the backup and has to be kept apart: nothing else opens it."})
final class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file to write; one that is there is not replaced.")
    private Path file = Path.of("");

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the parser before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        Backup.write(data.folder(), file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The database of " + data.folder() + " is in " + file + ".");
        out.println("It opens only with " + data.folder().resolve("master.key")
                + ", which is not in it: keep a copy of that elsewhere.");
        out.flush();
        return 0;
    }
}
