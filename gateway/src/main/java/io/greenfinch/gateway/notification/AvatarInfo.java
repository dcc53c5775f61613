package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of asking for a picture by {@code getAvatarAsync} (green-api.md §6.12).
 *
 * @param chatId whose picture, as the API writes it
 * @param exists whether WhatsApp knows the chat
 * @param urlAvatar where it is; empty when there is none to be had
 * @param reason why that is not known; empty where it is
 */
public record AvatarInfo(String chatId, boolean exists, String urlAvatar, String reason, Instant at)
        implements Notification {

    @Override
    public List<String> cause() {
        return List.of("avatarInfo", chatId, at.toString());
    }

    /** Somebody has asked for it. */
    @Override
    public boolean wanted(Predicate<String> switchedOn) {
        return true;
    }

    @Override
    public ObjectNode body(InstanceData of) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("typeWebhook", "avatarInfo");
        body.set("instanceData", of.node());
        body.put("timestamp", at.getEpochSecond());
        body.putObject("avatarInfo")
                .put("chatId", chatId)
                .put("existsWhatsapp", exists)
                .put("urlAvatar", urlAvatar)
                .put("reason", reason);
        return body;
    }

    /** Whose picture was asked for stays out of logs. */
    @Override
    public String toString() {
        return "AvatarInfo[hidden]";
    }
}
