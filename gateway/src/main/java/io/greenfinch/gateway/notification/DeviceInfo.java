package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An account was linked, by a phone of which companions learn nothing but its platform (green-api.md §6.12).
 *
 * @param platform such as {@code android}
 */
public record DeviceInfo(String platform, Instant at) implements Notification {

    @Override
    public List<String> cause() {
        return List.of("deviceInfo", at.toString());
    }

    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("deviceWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "deviceInfo");
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond());
        body.set("deviceData", data(platform));
        return body;
    }

    /** What is told of a phone, here and when somebody asks. */
    public static ObjectNode data(String platform) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("platform", platform)
                .put("deviceManufacturer", "")
                .put("deviceModel", "")
                .put("osVersion", "")
                .put("waVersion", "")
                .putNull("battery");
    }
}
