package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody was blocked on another device of the account, or is so no more (green-api.md §6.12).
 *
 * @param stanza the id by which WhatsApp told it: within a second somebody may be blocked twice
 * @param chatId who, as the API writes it
 */
public record IncomingBlock(String stanza, String chatId, boolean blocked, Instant at) implements Notification {

    private String state() {
        return blocked ? "blocked" : "unblocked";
    }

    @Override
    public List<String> cause() {
        return List.of("incomingBlock", chatId, state(), stanza);
    }

    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return switchedOn.test("incomingBlockWebhook");
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "incomingBlock");
        body.set("instanceData", of.node());
        return body.put("timestamp", at.getEpochSecond()).put("chatId", chatId).put("chatState", state());
    }

    /** Who was blocked stays out of logs. */
    @Override
    public String toString() {
        return "IncomingBlock[" + state() + "]";
    }
}
