package io.greenfinch.app;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.RunningGateway.Listed;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The instances of a gateway that runs: which there are, the token of one, linking one. */
@Command(
        name = "instances",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Lists the instances of a running gateway, shows one with its token, links one.",
        subcommands = {LinkCommand.class})
final class InstancesCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            defaultValue = "./data",
            paramLabel = "FOLDER",
            description = "The gateway's data folder, which tells its address and partner token"
                    + " (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The gateway's address (default: as the data folder tells).")
    private @Nullable URI url;

    @Option(
            names = "--partner-token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description = "Token of the partner methods (default: as the data folder tells).")
    private @Nullable String partnerToken;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the parser before call()
    private CommandSpec spec;

    RunningGateway gateway() {
        Logs.configure(Level.WARN, Logs.Format.text);
        return RunningGateway.of(data, Optional.ofNullable(url), Optional.ofNullable(partnerToken));
    }

    @Override
    public Integer call() {
        return list();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class,
            description = "Lists all instances: number, state, name.")
    int list() {
        PrintWriter out = spec.commandLine().getOut();
        try (RunningGateway gateway = gateway()) {
            List<Listed> all = gateway.instances();
            for (Listed instance : all) {
                out.printf("%d  %-14s %s%n", instance.id(), state(gateway, instance), instance.name());
            }
            if (all.isEmpty()) {
                out.println("There are no instances; the partner method createInstance makes one.");
            }
            out.flush();
            return 0;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            versionProvider = Main.Version.class,
            description = "Shows what callers of an instance need, its token included.")
    int show(@Parameters(paramLabel = "ID", description = "The instance's number.") long id) {
        PrintWriter out = spec.commandLine().getOut();
        try (RunningGateway gateway = gateway()) {
            Listed instance = gateway.instance(id);
            String api = gateway.apiUrl();
            out.println("apiUrl            " + api);
            out.println("mediaUrl          " + api);
            out.println("idInstance        " + instance.id());
            out.println("apiTokenInstance  " + instance.token());
            out.println("name              " + instance.name());
            out.println("state             " + state(gateway, instance));
            out.flush();
            return 0;
        }
    }

    static String state(RunningGateway gateway, Listed instance) {
        return gateway.get(instance, "getStateInstance").path("stateInstance").asString("");
    }
}
