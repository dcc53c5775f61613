package io.greenfinch.app.operator;

import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lists the groups that an account is in. */
public final class GroupsCommand implements Callable<Integer> {

    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(long.class, "ID", "The instance's number.");
    private final OptionSpec search = Specs.option(
                    "--search", String.class, "TEXT", "Only groups whose name or id has this in it.")
            .build();
    private final CommandSpec spec = Specs.command(
            "groups", this, "Lists the groups that the account is in: id, role, how many are in it, name.");

    private GroupsCommand() {
        access.addTo(spec).addOption(search).addPositional(id);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new GroupsCommand().spec;
    }

    @Override
    public Integer call() {
        Output output = access.output(spec);
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            ArrayNode found = JsonNodeFactory.instance.arrayNode();
            for (JsonNode group : gateway.get(instance, "getGroups")) {
                if (isMeant(group)) {
                    found.add(group);
                }
            }
            if (output.json()) {
                output.value(found);
            } else {
                found.forEach(group -> print(output, group));
            }
            return 0;
        }
    }

    private boolean isMeant(JsonNode group) {
        String text =
                group.path("subject").asString("") + " " + group.path("groupId").asString("");
        return Specs.<String>optional(search)
                .map(part -> text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    private static void print(Output output, JsonNode group) {
        output.line("%-24s  %-10s  %4s  %s"
                .formatted(
                        group.path("groupId").asString(""),
                        group.path("role").asString("?"),
                        group.has("size") ? Integer.toString(group.path("size").asInt(0)) : "?",
                        group.path("subject").asString("")));
    }
}
