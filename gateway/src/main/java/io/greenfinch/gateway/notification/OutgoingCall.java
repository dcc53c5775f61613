package io.greenfinch.gateway.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of the account's own has ended (green-api.md §6.11).
 *
 * @param chatId where, as the API writes it
 * @param group whether it was for several people
 * @param status what became of it
 * @param talked how long it lasted from when it was taken
 */
public record OutgoingCall(
        String idMessage, String chatId, boolean video, boolean group, String status, Duration talked, Instant at)
        implements Notification {

    @Override
    public List<String> cause() {
        return List.of("outgoingCall", chatId, idMessage, status);
    }

    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("outgoingCallWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "outgoingCall");
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond())
                .put("idMessage", idMessage)
                .put("from", chatId)
                .put("isVideo", video)
                .put("duration", talked.toSeconds())
                .put("status", status);
        return body.set("participants", participants(chatId, group, status));
    }

    /** Who was called, and what each of them did; of several, companions are not told. */
    public static ArrayNode participants(String chatId, boolean group, String status) {
        ArrayNode participants = JsonNodeFactory.instance.arrayNode();
        if (!group) {
            participants.addObject().put("id", chatId).put("status", status);
        }
        return participants;
    }

    /** Who calls whom stays out of logs. */
    @Override
    public String toString() {
        return "OutgoingCall[" + idMessage + " " + status + "]";
    }
}
