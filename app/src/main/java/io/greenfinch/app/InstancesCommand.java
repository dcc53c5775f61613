package io.greenfinch.app;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.RunningGateway.Listed;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** The instances of a gateway that runs: which there are, the token of one, linking one. */
final class InstancesCommand implements Callable<Integer> {

    private final OptionSpec data = Specs.option(
                    "--data",
                    Path.class,
                    "FOLDER",
                    "The gateway's data folder, which tells its address and partner token (default: ${DEFAULT-VALUE}).")
            .defaultValue("./data")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec url = Specs.option(
                    "--url", URI.class, "URL", "The gateway's address (default: as the data folder tells).")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final OptionSpec partnerToken = Specs.option(
                    "--partner-token",
                    String.class,
                    "TOKEN",
                    "Token of the partner methods (default: as the data folder tells).")
            .scopeType(ScopeType.INHERIT)
            .build();
    private final PositionalParamSpec id = Specs.parameter(long.class, "ID", "The instance's number.");
    private final CommandSpec spec = Specs.command(
            "instances", this, "Lists the instances of a running gateway, shows one with its token, links one.");

    private InstancesCommand() {
        spec.addOption(data).addOption(url).addOption(partnerToken);
        CommandSpec list = Specs.command("list", this::list, "Lists all instances: number, state, name.");
        CommandSpec show =
                Specs.command("show", this::show, "Shows what callers of an instance need, its token included.");
        spec.addSubcommand("link", LinkCommand.spec(this))
                .addSubcommand("list", list)
                .addSubcommand("show", show.addPositional(id));
    }

    static CommandSpec spec() {
        return new InstancesCommand().spec;
    }

    RunningGateway gateway() {
        Logs.configure(Level.WARN, Logs.Format.text);
        return RunningGateway.of(data.getValue(), Specs.optional(url), Specs.optional(partnerToken));
    }

    @Override
    public Integer call() {
        return list();
    }

    private int list() {
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

    private int show() {
        PrintWriter out = spec.commandLine().getOut();
        try (RunningGateway gateway = gateway()) {
            Listed instance = gateway.instance(id.<Long>getValue());
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
