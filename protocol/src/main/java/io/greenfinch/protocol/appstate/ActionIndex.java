package io.greenfinch.protocol.appstate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * What an entry of the app state is about: an action, and of whom or what, as {@code ["archive","…@g.us"]} (specification §23.2).
 *
 * @param parts the action's name first; never empty
 */
public record ActionIndex(List<String> parts) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_PARTS = 16;

    public ActionIndex {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an index of nothing");
        }
    }

    public static ActionIndex of(String... parts) {
        return new ActionIndex(List.of(parts));
    }

    /** The action's name. */
    public String action() {
        return parts.getFirst();
    }

    /** What stands at a place; empty when there is nothing. */
    public Optional<String> part(int place) {
        return place < parts.size() ? Optional.of(parts.get(place)) : Optional.empty();
    }

    /** As it stands in an entry. The bytes count: MACs are made of them. */
    byte[] json() {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartArray();
            parts.forEach(json::writeString);
            json.writeEndArray();
        }
        return bytes.toByteArray();
    }

    /** Reads one; empty for what is no array of texts. */
    static Optional<ActionIndex> read(byte[] json) {
        List<String> parts = new ArrayList<>(4);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_STRING || parts.size() == MOST_PARTS) {
                    return Optional.empty();
                }
                parts.add(parser.getString());
            }
            return parts.isEmpty() || parser.nextToken() != null
                    ? Optional.empty()
                    : Optional.of(new ActionIndex(parts));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
