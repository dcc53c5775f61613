package io.greenfinch.gateway.chat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says, in the three forms that it takes: in a notification, in a journal, and at rest. A kind of message is a case of
 * this. Immutable; its {@code toString} does not show what was written.
 */
public sealed interface MessageContent permits TextContent, DataContent {

    /** Its documented name. */
    String typeMessage();

    /** The {@code messageData} of a notification (green-api.md §6.7). */
    ObjectNode messageData();

    /** Adds what a journal tells of it (green-api.md §7.1). */
    void writeTo(ObjectNode journal);

    /** What is told of it where another message answers it (green-api.md §6.8). */
    ObjectNode quoted();

    /** What it answers, or reacts to. */
    Optional<Quote> quote();

    /** The same, of whose quote something else is told. */
    MessageContent answering(Quote other);

    /** The same with whole addresses of files, of which only a part is stored. */
    default MessageContent addressed(UnaryOperator<String> address) {
        return this;
    }

    /** The form in which it is stored. */
    ObjectNode stored();

    /** What was stored; empty when that is none of ours. */
    static Optional<MessageContent> ofStored(JsonNode stored) {
        return TextContent.ofStored(stored).map(MessageContent.class::cast).or(() -> DataContent.ofStored(stored));
    }
}
