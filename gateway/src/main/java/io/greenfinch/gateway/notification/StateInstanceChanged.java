package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of an instance is another one (green-api.md §6.10).
 *
 * @param number which change it is, counted from the first of the instance
 * @param state as getStateInstance writes it
 */
public record StateInstanceChanged(long number, String state, Instant at) implements Notification {

    @Override
    public List<String> cause() {
        // Numbers come again after the return of a backup.
        return List.of("stateInstanceChanged", Long.toString(number), Long.toString(at.toEpochMilli()));
    }

    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("stateWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "stateInstanceChanged");
        body.set("instanceData", of.node());
        return body.put("timestamp", at.getEpochSecond()).put("stateInstance", state);
    }
}
