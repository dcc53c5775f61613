package io.greenfinch.app.doctor;

import io.greenfinch.app.cli.RefusedException;
import io.greenfinch.app.cli.Specs;
import io.greenfinch.app.operator.RunningGateway;
import io.greenfinch.app.operator.RunningGateway.Listed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Looks at the gateway that runs, and at the state of its instances. */
record GatewayLook(RunningGateway gateway) {

    /** Named one by one; the rest is counted. */
    private static final int MOST_NAMED = 20;

    List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        if (!gateway.listens()) {
            return List.of(Finding.warning(
                    "gateway",
                    "it was killed: nothing answers any more",
                    "start it with: " + Specs.program() + " serve"));
        }
        if (!gateway.ready()) {
            return List.of(Finding.failed(
                    "gateway", "it can't serve requests", "look at its log; the database may not answer"));
        }
        findings.add(Finding.ok("gateway", "it runs and can serve requests"));
        try {
            findings.addAll(instances());
        } catch (RefusedException e) {
            findings.add(Finding.warning("instances", String.valueOf(e.getMessage()), "give the partner token"));
        }
        return findings;
    }

    private List<Finding> instances() {
        List<Finding> findings = new ArrayList<>();
        List<Listed> all = gateway.instances();
        int well = 0;
        for (Listed instance : all) {
            JsonNode state = gateway.get(instance, "getStateInstance");
            String word = state.path("stateInstance").asString("");
            String cause = state.path("reason").asString("");
            if (word.equals("authorized") && cause.isEmpty()) {
                well++;
            } else if (findings.size() < MOST_NAMED) {
                findings.add(Finding.warning(
                        "instance " + instance.id(),
                        word + (cause.isEmpty() ? "" : ", " + cause),
                        remedy(instance, word, cause)));
            }
        }
        findings.addFirst(Finding.ok("instances", well + " of " + all.size() + " are linked and work"));
        return findings;
    }

    private static String remedy(Listed instance, String state, String cause) {
        return switch (cause) {
            case "client-outdated" -> "install a newer version, or claim another with --whatsapp-version";
            case "passkey-required" -> "answer the demand: see getPasskeyChallenge in docs/account.md";
            case "damaged" -> "restore a backup, or log the instance out and link it anew";
            default ->
                state.equals("notAuthorized")
                        ? "link it with: " + Specs.program() + " instances link " + instance.id()
                        : "nothing, if it passes; else look at the log for what the cause is";
        };
    }
}
