package io.greenfinch.gateway.instance;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One setting of an instance (green-api.md §4.1).
 *
 * @param name its documented name
 * @param kind what may stand in it
 * @param standard what a new instance has; {@code null} for one that is told only once it was set, because
 *     getSettings of GREEN-API does not have it
 */
public record Setting(String name, Kind kind, @Nullable JsonNode standard) {

    /** What a setting holds, and who may set it. */
    public enum Kind {
        /** Told for compatibility, set by nobody. */
        FIXED,
        /** The same, and whoever sends it is not refused: clients send back what they were told. */
        WITHOUT_EFFECT,
        /** The address of a webhook, or nothing. */
        URL,
        /** The value of a header, or nothing. */
        HEADER,
        /** {@code "yes"} or {@code "no"}. */
        SWITCH,
        /** A switch that clients write in two ways: {@code "yes"} and {@code "no"}, or a boolean. */
        LOOSE_SWITCH,
        /** The pause between messages sent, in milliseconds. */
        DELAY,
        /** How long typing is shown before a message, in milliseconds. */
        TYPING
    }

    /** Whether programs that speak the Model Context Protocol may send messages; a setting of ours. */
    public static final String MCP_SENDING = "mcpSending";

    /** Whether they may leave groups; a setting of ours. */
    public static final String MCP_LEAVING = "mcpLeaving";

    /** All settings in the order of getSettings. */
    public static final List<Setting> ALL = List.of(
            new Setting("countryInstance", Kind.WITHOUT_EFFECT, text("")),
            new Setting("typeAccount", Kind.FIXED, text("")),
            new Setting("webhookUrl", Kind.URL, text("")),
            new Setting("webhookUrlToken", Kind.HEADER, text("")),
            new Setting("delaySendMessagesMilliseconds", Kind.DELAY, JsonNodeFactory.instance.numberNode(500)),
            toggle("markIncomingMessagesReaded"),
            toggle("markIncomingMessagesReadedOnReply"),
            new Setting("sharedSession", Kind.WITHOUT_EFFECT, text("no")),
            new Setting("proxyInstance", Kind.WITHOUT_EFFECT, text("system proxy")),
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
            toggle("deletedMessageWebhook"),
            new Setting("outgoingCallWebhook", Kind.SWITCH, null),
            new Setting("autoTyping", Kind.TYPING, null),
            new Setting("linkPreview", Kind.LOOSE_SWITCH, null),
            new Setting("enableLidMode", Kind.LOOSE_SWITCH, null),
            new Setting(MCP_SENDING, Kind.SWITCH, null),
            new Setting(MCP_LEAVING, Kind.SWITCH, null));

    /** The setting of that name, if a caller's value is kept. */
    static Optional<Setting> kept(String name) {
        return ALL.stream()
                .filter(setting -> setting.kind != Kind.FIXED && setting.kind != Kind.WITHOUT_EFFECT)
                .filter(setting -> setting.name.equals(name))
                .findFirst();
    }

    private static Setting toggle(String name) {
        return new Setting(name, Kind.SWITCH, text("no"));
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }
}
