package io.greenfinch.gateway.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a piece of JSON looks like: a JSON schema, which is made when it is asked for: a gateway that nobody asks for its description
 * has no need of hundreds of them. Immutable.
 */
public final class Shape {

    /** Under this name a schema stands among the document's shared ones, and wherever it is used is a reference. */
    public static final String NAME = "x-name";

    public static final Shape ANY = new Shape(Json::object);
    public static final Shape TEXT = ANY.with("type", Json.of("string"));
    public static final Shape FILLED = TEXT.with("minLength", Json.of(1));
    public static final Shape FLAG = ANY.with("type", Json.of("boolean"));
    public static final Shape NUMBER = ANY.with("type", Json.of("integer"));
    public static final Shape TRUE = constant(true);

    /** Makes a new schema each time. */
    private final Supplier<ObjectNode> maker;

    private Shape(Supplier<ObjectNode> maker) {
        this.maker = maker;
    }

    /** The schema, with {@link #NAME} where it has a name of its own; what is in it is never to be changed. */
    public ObjectNode schema() {
        return maker.get();
    }

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
        return new Shape(() -> Json.object()
                .set("oneOf", Json.of(Arrays.stream(choices).map(Shape::schema).toList())));
    }

    public static Shape list(Shape items) {
        return new Shape(() -> Json.object().put("type", "array").set("items", items.schema()));
    }

    public static Shape list(Shape items, int min, int max) {
        return (min == 0 ? list(items) : list(items).with("minItems", Json.of(min))).with("maxItems", Json.of(max));
    }

    /** An object with nothing in it. */
    public static Shape object() {
        return new Shape(() -> {
            ObjectNode object = Json.object().put("type", "object").put("additionalProperties", false);
            object.putArray("required");
            object.putObject("properties");
            return object;
        });
    }

    /** An object with one member. */
    public static Shape object(String name, Shape shape) {
        return object().and(name, shape);
    }

    /** With one more member, which is always there. */
    public Shape and(String name, Shape shape) {
        return maybe(name, shape).changed(schema -> {
            ArrayNode required = (ArrayNode) schema.path("required").deepCopy();
            schema.set("required", required.add(name));
        });
    }

    /** With one more member, which may be left out. */
    public Shape maybe(String name, Shape shape) {
        return changed(schema -> {
            ObjectNode members = Json.object().setAll((ObjectNode) schema.path("properties"));
            schema.set("properties", members.set(name, shape.schema()));
        });
    }

    /** Members that are not named may be in it, too. */
    public Shape open() {
        return with("additionalProperties", Json.of(true));
    }

    /** An empty text, or 0, will do as well. */
    Shape orFiller() {
        return changed(schema -> {
            if (schema.path("minimum").asLong(0) > 0) {
                schema.put("minimum", 0);
            }
            int shortest = schema.path("minLength").asInt(0);
            if (schema.has("pattern")) {
                schema.put("pattern", "^$|" + schema.path("pattern").stringValue());
            } else if (shortest > 1) {
                schema.put("pattern", "^$|^.{" + shortest + ",}$");
            }
            schema.remove("minLength");
        });
    }

    /** {@code null} will do as well. */
    public Shape orNull() {
        return changed(schema -> {
            if (schema.has("const")) {
                JsonNode value = schema.path("const");
                schema.removeAll();
                schema.set("enum", Json.array().add(value).addNull());
            } else if (schema.path("oneOf") instanceof ArrayNode choices) {
                schema.set("oneOf", choices.deepCopy().add(Json.object().put("type", "null")));
            } else if (schema.path("enum") instanceof ArrayNode words) {
                schema.set("enum", words.deepCopy().addNull());
            } else if (schema.path("type").isString()) {
                schema.set("type", Json.array().add(schema.path("type")).add("null"));
            }
        });
    }

    /** With a name of its own in the document. */
    public Shape named(String name) {
        return with(NAME, Json.of(name));
    }

    /** With another keyword of JSON schema. */
    public Shape with(String keyword, JsonNode value) {
        return changed(schema -> schema.set(keyword, value));
    }

    private Shape changed(Consumer<ObjectNode> change) {
        return new Shape(() -> {
            ObjectNode schema = schema();
            change.accept(schema);
            return schema;
        });
    }
}
