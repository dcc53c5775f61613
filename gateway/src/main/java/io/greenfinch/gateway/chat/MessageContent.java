package io.greenfinch.gateway.chat;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says, in the three forms that it takes: in a notification, in a journal, and at rest. A kind of message is a case of
 * this. Immutable; its {@code toString} does not show what was written.
 */
public sealed interface MessageContent permits TextContent {

    /** Its documented name. */
    String typeMessage();

    /** The {@code messageData} of a notification (green-api.md §6.7). */
    ObjectNode messageData();

    /** Adds what a journal tells of it (green-api.md §7.1). */
    void writeTo(ObjectNode journal);

    /** The form in which it is stored. */
    ObjectNode stored();

    /** What was stored; empty when that is none of ours. */
    static Optional<MessageContent> ofStored(JsonNode stored) {
        return TextContent.ofStored(stored).map(content -> content);
    }
}
