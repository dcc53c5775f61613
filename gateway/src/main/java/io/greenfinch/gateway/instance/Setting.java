package io.greenfinch.gateway.instance;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One setting of an instance (green-api.md §4.1).
 *
 * @param name its documented name
 * @param kind what may stand in it
 * @param standard what a new instance has
 */
public record Setting(String name, Kind kind, JsonNode standard) {

    /** What a setting holds, and who may set it. */
    public enum Kind {
        /** Told for compatibility, set by nobody. */
        FIXED,
        /** Free text. */
        TEXT,
        /** {@code "yes"} or {@code "no"}. */
        SWITCH,
        /** The pause between messages sent, in milliseconds. */
        DELAY
    }

    /** All settings in the order of getSettings. */
    public static final List<Setting> ALL = List.of(
            fixed("countryInstance", ""),
            fixed("typeAccount", ""),
            new Setting("webhookUrl", Kind.TEXT, text("")),
            new Setting("webhookUrlToken", Kind.TEXT, text("")),
            new Setting("delaySendMessagesMilliseconds", Kind.DELAY, JsonNodeFactory.instance.numberNode(500)),
            toggle("markIncomingMessagesReaded"),
            toggle("markIncomingMessagesReadedOnReply"),
            fixed("sharedSession", "no"),
            fixed("proxyInstance", "system proxy"),
            toggle("outgoingWebhook"),
            toggle("outgoingMessageWebhook"),
            toggle("outgoingAPIMessageWebhook"),
            toggle("incomingWebhook"),
            toggle("deviceWebhook"),
            toggle("statusInstanceWebhook"),
            toggle("stateWebhook"),
            toggle("enableMessagesHistory"),
            toggle("keepOnlineStatus"),
            toggle("pollMessageWebhook"),
            toggle("incomingBlockWebhook"),
            toggle("incomingCallWebhook"),
            toggle("editedMessageWebhook"),
            toggle("deletedMessageWebhook"));

    /** The setting of that name, if a caller may set it. */
    static Optional<Setting> writable(String name) {
        return ALL.stream()
                .filter(setting -> setting.kind != Kind.FIXED && setting.name.equals(name))
                .findFirst();
    }

    private static Setting fixed(String name, String value) {
        return new Setting(name, Kind.FIXED, text(value));
    }

    private static Setting toggle(String name) {
        return new Setting(name, Kind.SWITCH, text("no"));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
