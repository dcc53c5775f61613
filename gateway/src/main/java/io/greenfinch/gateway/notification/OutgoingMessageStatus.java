package io.greenfinch.gateway.notification;

import io.greenfinch.gateway.chat.MessageStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that was sent has come further, or will come no further (green-api.md §6.9).
 *
 * @param sendByApi whether a caller had it sent
 * @param description why it failed
 */
public record OutgoingMessageStatus(
        String idMessage,
        String chatId,
        MessageStatus status,
        boolean sendByApi,
        Optional<String> description,
        Instant at)
        implements Notification {

    @Override
    public List<String> cause() {
        return List.of("outgoingMessageStatus", chatId, idMessage, status.wire());
    }

    /** That one can't be delivered is told whatever the switch says; of a group one has left, as documented, it is not. */
    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return status == MessageStatus.FAILED
                || status == MessageStatus.NO_ACCOUNT
                || switchedOn.test("outgoingWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("typeWebhook", "outgoingMessageStatus")
                .put("chatId", chatId);
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond())
                .put("idMessage", idMessage)
                .put("status", status.wire())
                .put("sendByApi", sendByApi);
        description.ifPresent(why -> body.put("description", why));
        return body;
    }

    /** Who writes to whom stays out of logs. */
    @Override
    public String toString() {
        return "OutgoingMessageStatus[" + idMessage + " " + status + "]";
    }
}
