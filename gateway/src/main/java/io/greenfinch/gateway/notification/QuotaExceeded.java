package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A method was called more often than the operator allows in a month (green-api.md §6.12).
 *
 * @param method by its documented name
 * @param total how many calls are allowed
 */
public record QuotaExceeded(String method, YearMonth month, int total, Instant at) implements Notification {

    /** What callers are told of it, here and in answers. */
    public static final String DESCRIPTION =
            "Monthly quota has been exceeded. It is set by the operator of this server.";

    @Override
    public List<String> cause() {
        return List.of("quotaExceeded", method, month.toString(), Integer.toString(total));
    }

    /** No switch of its own is documented. */
    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("stateWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "quotaExceeded");
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond());
        body.putObject("quotaData")
                .put("method", method.toLowerCase(Locale.ROOT))
                .put("used", total)
                .put("total", total)
                .put("status", "QUOTA_EXCEEDED")
                .put("description", DESCRIPTION);
        return body;
    }
}
