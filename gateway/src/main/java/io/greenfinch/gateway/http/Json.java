package io.greenfinch.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this API writes it: compact, keys in the order in which they were set. Thread-safe. */
public final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The JSON of a text, number, boolean, node, or list of those. */
    public static JsonNode of(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case String text -> JsonNodeFactory.instance.stringNode(text);
            case List<?> list -> array().addAll(list.stream().map(Json::of).toList());
            case Integer number -> JsonNodeFactory.instance.numberNode(number);
            case Long number -> JsonNodeFactory.instance.numberNode(number);
            case Double number -> JsonNodeFactory.instance.numberNode(number);
            case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
            default -> MAPPER.valueToTree(value);
        };
    }

    /**
     * Reads a JSON text of our own.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** The UTF-8 bytes of {@code node}. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }
}
