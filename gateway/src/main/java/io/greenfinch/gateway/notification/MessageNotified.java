package io.greenfinch.gateway.notification;

import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.chat.MessageReading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message came in, or was sent (green-api.md §6.5, §6.6).
 *
 * @param chatName the name of the chat; empty where it is not known
 * @param sender who wrote it, as the API writes it
 * @param senderName the name that the sender goes by; empty where it is not known
 * @param senderContactName what the sender is called in the account's address book; empty for who is not in it
 */
public record MessageNotified(
        Kind kind,
        String idMessage,
        String chatId,
        String chatName,
        String sender,
        String senderName,
        String senderContactName,
        Instant at,
        MessageContent content)
        implements Notification {

    /** Kinds of messages that have a switch of their own beside that of their direction (green-api.md §4.1). */
    private static final Map<String, String> SETTINGS = Map.of(
            "pollMessage", "pollMessageWebhook",
            "pollUpdateMessage", "pollMessageWebhook",
            "editedMessage", "editedMessageWebhook",
            "deletedMessage", "deletedMessageWebhook");

    /** Which way it went. */
    public enum Kind {
        INCOMING("incomingMessageReceived", "incomingWebhook"),
        /** From another device of the account, such as the phone. */
        OUTGOING("outgoingMessageReceived", "outgoingMessageWebhook"),
        OUTGOING_BY_API("outgoingAPIMessageReceived", "outgoingAPIMessageWebhook");

        private final String typeWebhook;
        private final String setting;

        Kind(String typeWebhook, String setting) {
            this.typeWebhook = typeWebhook;
            this.setting = setting;
        }
    }

    /** The same, written by somebody who is called so in the account's address book. */
    public MessageNotified by(String contactName) {
        return new MessageNotified(kind, idMessage, chatId, chatName, sender, senderName, contactName, at, content);
    }

    /** The same, written to somebody who is called so in the account's address book. */
    public MessageNotified in(String chat) {
        return new MessageNotified(kind, idMessage, chatId, chat, sender, senderName, senderContactName, at, content);
    }

    @Override
    public List<String> cause() {
        // That it could not be read is one thing, what it says another.
        return MessageReading.isUnreadable(content)
                ? List.of(kind.typeWebhook, chatId, sender, idMessage, "unreadable")
                : List.of(kind.typeWebhook, chatId, sender, idMessage);
    }

    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        String also = SETTINGS.get(content.typeMessage());
        return switchedOn.test(kind.setting) && (also == null || switchedOn.test(also));
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", kind.typeWebhook);
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond()).put("idMessage", idMessage);
        body.putObject("senderData")
                .put("chatId", chatId)
                .put("chatName", chatName)
                .put("sender", sender)
                .put("senderName", senderName)
                .put("senderContactName", senderContactName);
        return body.set("messageData", content.messageData());
    }

    /** Who writes to whom, and what, stays out of logs. */
    @Override
    public String toString() {
        return "MessageNotified[" + kind + " " + idMessage + "]";
    }
}
