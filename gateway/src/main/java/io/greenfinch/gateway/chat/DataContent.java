package io.greenfinch.gateway.chat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of another kind than a text: a documented name, and a documented object under a documented key (green-api.md §6.7).
 *
 * @param key the object's key in a notification
 * @param data the object; never to be changed
 * @param quote what it answers, or reacts to
 */
public record DataContent(String typeMessage, String key, ObjectNode data, Optional<Quote> quote)
        implements MessageContent {

    static final String FILE = "fileMessageData";

    /** Where a file is fetched from; a part of it at rest. */
    public static final String DOWNLOAD_URL = "downloadUrl";

    /** What a file is called. */
    public static final String FILE_NAME = "fileName";

    /** What a file is. */
    public static final String MIME_TYPE = "mimeType";

    /** What journals and quotes call it where that is another name (green-api.md §6.8, §7.1). */
    private static final Map<String, String> IN_JOURNALS =
            Map.of("locationMessageData", "location", "contactMessageData", "contact");

    /** Whose members stand among those of the message in journals and quotes. */
    private static final Set<String> FLAT = Set.of(FILE, "messageData");

    private static final Set<String> FORWARDING = Set.of("forwardingScore", "isForwarded");

    /** Whether it brings a file. */
    public boolean isFile() {
        return key.equals(FILE);
    }

    /** A text among what is told of a file; empty where there is none. */
    public String fileText(String name) {
        return data.path(name).asString("");
    }

    /** The same file, of which something else is told. */
    public DataContent with(String name, String text) {
        return new DataContent(typeMessage, key, data.deepCopy().put(name, text), quote);
    }

    @Override
    public MessageContent addressed(UnaryOperator<String> address) {
        DataContent whole = isFile() ? with(DOWNLOAD_URL, address.apply(fileText(DOWNLOAD_URL))) : this;
        return quote.<MessageContent>map(known -> whole.answering(known.addressed(address)))
                .orElse(whole);
    }

    @Override
    public MessageContent answering(Quote other) {
        return new DataContent(typeMessage, key, data, Optional.of(other));
    }

    @Override
    public ObjectNode messageData() {
        ObjectNode message = object().put("typeMessage", typeMessage);
        message.set(key, data.deepCopy());
        quote.ifPresent(known -> message.set("quotedMessage", known.node()));
        return message;
    }

    @Override
    public void writeTo(ObjectNode journal) {
        journal.put("isForwarded", data.path("isForwarded").asBoolean(false))
                .put("forwardingScore", data.path("forwardingScore").asLong(0));
        journal.setAll(flat());
        quote.ifPresent(known -> journal.set("quotedMessage", known.node()));
    }

    @Override
    public ObjectNode quoted() {
        return object().put("typeMessage", typeMessage).setAll(flat());
    }

    private ObjectNode flat() {
        ObjectNode members = data.deepCopy();
        FORWARDING.forEach(members::remove);
        return FLAT.contains(key) ? members : object().set(IN_JOURNALS.getOrDefault(key, key), members);
    }

    @Override
    public ObjectNode stored() {
        ObjectNode stored = object().put("type", typeMessage).put("key", key);
        stored.set("data", data.deepCopy());
        quote.ifPresent(known -> stored.set("quote", known.node()));
        return stored;
    }

    static Optional<DataContent> ofStored(JsonNode stored) {
        return stored.path("data") instanceof ObjectNode data
                ? Optional.of(new DataContent(
                        stored.path("type").asString(""),
                        stored.path("key").asString(""),
                        data,
                        Quote.of(stored.path("quote"))))
                : Optional.empty();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String toString() {
        return "DataContent[" + typeMessage + "]";
    }
}
