package io.greenfinch.gateway.http;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a piece of JSON looks like: a JSON schema. Immutable.
 *
 * @param schema with {@link #NAME} where it has a name of its own; never to be changed
 */
public record Shape(ObjectNode schema) {

    /** Under this name a schema stands among the document's shared ones, and wherever it is used is a reference. */
    public static final String NAME = "x-name";

    public static final Shape ANY = new Shape(Json.object());
    public static final Shape TEXT = new Shape(Json.object().put("type", "string"));
    public static final Shape FILLED = TEXT.with("minLength", Json.of(1));
    public static final Shape FLAG = new Shape(Json.object().put("type", "boolean"));
    public static final Shape NUMBER = new Shape(Json.object().put("type", "integer"));
    public static final Shape TRUE = constant(true);

    /** This value and no other. */
    public static Shape constant(Object value) {
        return ANY.with("const", Json.of(value));
    }

    /** One of these texts. */
    public static Shape words(String... words) {
        return ANY.with("enum", Json.of(List.of(words)));
    }

    /** A text that a regular expression describes as a whole. */
    public static Shape pattern(String regex) {
        return TEXT.with("pattern", Json.of("^" + regex + "$"));
    }

    /** A whole number; a limit that no number of this length can reach is left out. */
    public static Shape number(long min, long max) {
        Shape least = NUMBER.with("minimum", Json.of(min));
        return max == Long.MAX_VALUE ? least.with("format", Json.of("int64")) : least.with("maximum", Json.of(max));
    }

    /** One of several, which exclude each other. */
    public static Shape either(Shape... choices) {
        return ANY.with(
                "oneOf", Json.of(Arrays.stream(choices).map(Shape::schema).toList()));
    }

    public static Shape list(Shape items) {
        return ANY.with("type", Json.of("array")).with("items", items.schema);
    }

    public static Shape list(Shape items, int min, int max) {
        return (min == 0 ? list(items) : list(items).with("minItems", Json.of(min))).with("maxItems", Json.of(max));
    }

    /** An object with nothing in it. */
    public static Shape object() {
        return ANY.with("type", Json.of("object"))
                .with("additionalProperties", Json.of(false))
                .with("required", Json.array())
                .with("properties", Json.object());
    }

    /** An object with one member. */
    public static Shape object(String name, Shape shape) {
        return object().and(name, shape);
    }

    /** With one more member, which is always there. */
    public Shape and(String name, Shape shape) {
        ArrayNode required = (ArrayNode) schema.path("required").deepCopy();
        return maybe(name, shape).with("required", required.add(name));
    }

    /** With one more member, which may be left out. */
    public Shape maybe(String name, Shape shape) {
        ObjectNode members = (ObjectNode) schema.path("properties").deepCopy();
        return with("properties", members.set(name, shape.schema));
    }

    /** {@code null} will do as well. */
    public Shape orNull() {
        if (schema.has("const")) {
            return new Shape(Json.object())
                    .with("enum", Json.array().add(schema.path("const")).addNull());
        }
        if (schema.path("enum") instanceof ArrayNode words) {
            return with("enum", words.deepCopy().addNull());
        }
        JsonNode type = schema.path("type");
        return type.isString() ? with("type", Json.array().add(type).add("null")) : this;
    }

    /** With a name of its own in the document. */
    public Shape named(String name) {
        return with(NAME, Json.of(name));
    }

    /** With another keyword of JSON schema. */
    public Shape with(String keyword, JsonNode value) {
        return new Shape(schema.deepCopy().set(keyword, value));
    }
}
