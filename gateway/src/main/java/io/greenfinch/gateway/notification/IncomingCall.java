package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody calls, or a call that came in has ended (green-api.md §6.11).
 *
 * @param idMessage of the call, the same in both
 * @param from who calls, as the API writes it
 * @param status {@value #OFFER}, or what became of it
 */
public record IncomingCall(String idMessage, String from, String status, Instant at) implements Notification {

    /** It rings. */
    public static final String OFFER = "offer";

    @Override
    public List<String> cause() {
        return List.of("incomingCall", from, idMessage, status);
    }

    /** Both switches are needed, as documented. */
    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("incomingWebhook") && switchedOn.test("incomingCallWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "incomingCall");
        body.set("instanceData", of.node());
        return body.put("timestamp", at.getEpochSecond())
                .put("idMessage", idMessage)
                .put("from", from)
                .put("status", status);
    }

    /** Who calls stays out of logs. */
    @Override
    public String toString() {
        return "IncomingCall[" + idMessage + " " + status + "]";
    }
}
