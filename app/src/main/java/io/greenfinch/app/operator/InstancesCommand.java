package io.greenfinch.app.operator;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The instances of a gateway that runs: which there are, the token of one, linking one. */
public final class InstancesCommand implements Callable<Integer> {

    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(long.class, "ID", "The instance's number.");
    private final CommandSpec spec = Specs.command(
            "instances", this, "Lists the instances of a running gateway, shows one with its token, links one.");

    private InstancesCommand() {
        access.addTo(spec);
        CommandSpec list = Specs.command("list", this::list, "Lists all instances: number, state, name.");
        CommandSpec show =
                Specs.command("show", this::show, "Shows what callers of an instance need, its token included.");
        spec.addSubcommand("link", LinkCommand.spec(access))
                .addSubcommand("list", list)
                .addSubcommand("show", show.addPositional(id));
    }

    /** The command with its subcommands. */
    public static CommandSpec spec() {
        return new InstancesCommand().spec;
    }

    @Override
    public Integer call() {
        return list();
    }

    private int list() {
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            List<Listed> all = gateway.instances();
            if (output.json()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                all.forEach(instance -> array.add(described(gateway, instance)));
                output.value(array);
                return 0;
            }
            for (Listed instance : all) {
                output.line("%s  %-14s %s".formatted(instance.id(), state(gateway, instance), instance.name()));
            }
            if (all.isEmpty()) {
                output.line("There are no instances; the partner method createInstance makes one.");
            }
            return 0;
        }
    }

    private static ObjectNode described(RunningGateway gateway, Listed instance) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("idInstance", instance.id())
                .put("name", instance.name())
                .put("stateInstance", state(gateway, instance));
    }

    private int show() {
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            String api = gateway.apiUrl();
            if (output.json()) {
                output.value(described(gateway, instance)
                        .put("apiUrl", api)
                        .put("mediaUrl", api)
                        .put("apiTokenInstance", instance.token()));
                return 0;
            }
            output.line("apiUrl            " + api);
            output.line("mediaUrl          " + api);
            output.line("idInstance        " + instance.id());
            output.line("apiTokenInstance  " + instance.token());
            output.line("name              " + instance.name());
            output.line("state             " + state(gateway, instance));
            return 0;
        }
    }

    static String state(RunningGateway gateway, Listed instance) {
        return gateway.get(instance, "getStateInstance").path("stateInstance").asString("");
    }
}
