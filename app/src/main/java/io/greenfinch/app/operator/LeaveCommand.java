package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Leaves groups, and tells what came of each. */
public final class LeaveCommand implements Callable<Integer> {

    /** As many as one call of {@code leaveGroups} takes. */
    private static final int AT_ONCE = 100;

    private final GatewayAccess access = new GatewayAccess();
    private final PositionalParamSpec id = Specs.parameter(0, long.class, "ID", "The instance's number.");
    private final PositionalParamSpec groups =
            Specs.parameters(1, "GROUP", "Ids of the groups to leave, as the command groups lists them.");
    private final CommandSpec spec = Specs.command(
            "leave", this, "Leaves groups and tells the result for each; fails when one of them was not left.");

    private LeaveCommand() {
        access.addTo(spec).addPositional(id).addPositional(groups);
    }

    /** The command. */
    public static CommandSpec spec() {
        return new LeaveCommand().spec;
    }

    @Override
    public Integer call() {
        Output output = access.output(spec);
        List<String> asked = groups.<List<String>>getValue().stream().distinct().toList();
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        try (RunningGateway gateway = access.gateway()) {
            Listed instance = access.instance(gateway, id.<Long>getValue());
            for (int from = 0; from < asked.size(); from += AT_ONCE) {
                List<String> some = asked.subList(from, Math.min(from + AT_ONCE, asked.size()));
                for (JsonNode result : leave(gateway, instance, some)) {
                    results.add(result);
                    if (!output.json()) {
                        print(output, result);
                    }
                }
            }
        } finally {
            if (output.json()) {
                output.value(results); // also those before one that failed
            }
        }
        if (results.size() < asked.size()) {
            throw new RefusedException("The gateway told nothing of " + (asked.size() - results.size()) + " groups.");
        }
        return allLeft(results) ? 0 : 1;
    }

    private static JsonNode leave(RunningGateway gateway, Listed instance, List<String> groups) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        groups.forEach(body.putArray("groupIds")::add);
        return gateway.post(instance, "leaveGroups", body).path("results");
    }

    private static void print(Output output, JsonNode result) {
        String group = result.path("groupId").asString("");
        if (result.path("leaveGroup").asBoolean(false)) {
            output.line(group + "  left" + (result.path("removeAdmin").asBoolean(false) ? " as an admin" : ""));
        } else {
            output.line(group + "  not left: " + result.path("reason").asString("for no reason that was told"));
        }
    }

    private static boolean allLeft(ArrayNode results) {
        for (JsonNode result : results) {
            if (!result.path("leaveGroup").asBoolean(false)) {
                return false;
            }
        }
        return true;
    }
}
