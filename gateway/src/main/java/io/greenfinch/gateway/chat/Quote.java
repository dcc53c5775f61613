package io.greenfinch.gateway.chat;

import io.greenfinch.gateway.store.MessageTable.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

    private static final String TYPE = "typeMessage";
    private static final List<String> FILE_PARTS = List.of(DataContent.DOWNLOAD_URL, DataContent.FILE_NAME);

    /** Of which no more is known. */
    public Quote(String stanzaId, String participant) {
        this(stanzaId, participant, JsonNodeFactory.instance.objectNode());
    }

    /**
     * The same, with what is known of the message itself: who wrote it, and where its file is fetched from. What it says is told as it
     * was quoted.
     *
     * @param author as the API writes them; empty where that is not known
     */
    public Quote known(Entry message, String author) {
        ObjectNode more = told.deepCopy();
        JournalBody.of(message)
                .map(body -> body.content().quoted())
                .filter(known -> known.path(TYPE).equals(more.path(TYPE)))
                .ifPresent(known -> FILE_PARTS.stream()
                        .filter(part -> more.path(part).asString("").isEmpty() && known.has(part))
                        .forEach(part -> more.set(part, known.path(part))));
        return new Quote(stanzaId, author.isEmpty() ? participant : author, more);
    }

    /** The same with the whole address of its file, of which only a part is stored. */
    Quote addressed(UnaryOperator<String> address) {
        String part = told.path(DataContent.DOWNLOAD_URL).asString("");
        return part.isEmpty()
                ? this
                : new Quote(stanzaId, participant, told.deepCopy().put(DataContent.DOWNLOAD_URL, address.apply(part)));
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
