package io.greenfinch.gateway.http;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request body read as JSON, whatever its Content-Type says (design §6). */
sealed interface JsonBody {

    /** A JSON object; an empty body is an empty one. */
    record Whole(ObjectNode node) implements JsonBody {}

    /** Anything else, with the text to answer. */
    record Refused(String message) implements JsonBody {}

    /** Reads a text with or without a byte order mark; of equal keys the last one counts. Never throws. */
    static JsonBody parse(String given) {
        String text = given.startsWith("\uFEFF") ? given.substring(1) : given;
        int first = firstOfValue(text);
        if (first == text.length()) {
            return new Whole(Json.object());
        }
        if (text.charAt(first) != '{' && text.charAt(first) != '[') {
            // A bare scalar is JSON, but never a request: answered like the strict reader of the original does.
            String character = Character.toString(text.codePointAt(first));
            return new Refused("Unexpected token " + character + " in JSON at position " + first);
        }
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node instanceof ObjectNode object
                    ? new Whole(object)
                    : new Refused(Fields.FAILED + "'value' must be of type object");
        } catch (JacksonException e) {
            // What the grammar allows but we do not read: depth, endless numbers.
            return new Refused(JsonSyntax.complaint(text).orElse("bad request data"));
        }
    }

    private static int firstOfValue(String text) {
        int i = 0;
        while (i < text.length() && " \t\n\r".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }
}
