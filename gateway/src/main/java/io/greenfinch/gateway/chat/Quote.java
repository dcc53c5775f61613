package io.greenfinch.gateway.chat;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that another one answers, or reacts to (green-api.md §6.8). Immutable; {@link #toString} does not show what was written.
 *
 * @param stanzaId its id
 * @param participant who wrote it, as the API writes it; empty where that is not known
 * @param told what is told of it, from {@link MessageContent#quoted}; nothing where no more is known. Never to be changed
 */
public record Quote(String stanzaId, String participant, ObjectNode told) {

    /** Of which no more is known. */
    public Quote(String stanzaId, String participant) {
        this(stanzaId, participant, JsonNodeFactory.instance.objectNode());
    }

    /** As notifications and journals have it, and as it is stored. */
    ObjectNode node() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("stanzaId", stanzaId).put("participant", participant);
        return node.setAll(told);
    }

    /** What was stored under this name; empty when nothing was. */
    static Optional<Quote> of(JsonNode stored) {
        if (!(stored instanceof ObjectNode node)) {
            return Optional.empty();
        }
        ObjectNode told = node.deepCopy();
        told.remove("stanzaId");
        told.remove("participant");
        return Optional.of(new Quote(
                node.path("stanzaId").asString(""), node.path("participant").asString(""), told));
    }

    @Override
    public String toString() {
        return "Quote[" + stanzaId + "]";
    }
}
