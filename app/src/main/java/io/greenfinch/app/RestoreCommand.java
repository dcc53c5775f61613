package io.greenfinch.app;

import io.greenfinch.gateway.store.Backup;
import io.greenfinch.gateway.store.Backup.Waiting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of the database of a data folder that no gateway uses. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Puts a backup in the place of the database; the one that is there is put aside. Stop the gateway first.",
        footer = {"", "In an empty folder, put the copy of master.key there first."})
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "What './greenfinch backup FILE' wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--queue",
            paramLabel = "WHAT",
            description =
                    "What becomes of messages that waited to be sent when the backup was made, and may have been sent since:"
                            + " send or drop. Asked for when there are any.")
    private @Nullable Waiting queue;

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the parser before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<Path> aside =
                Backup.restore(data.folder(), file, GatewayOptions.masterKey(), Optional.ofNullable(queue));
        PrintWriter out = spec.commandLine().getOut();
        out.println("The database of " + data.folder() + " is that of " + file + ".");
        aside.ifPresent(old -> out.println("The one before is now " + old + "."));
        out.flush();
        return 0;
    }
}
