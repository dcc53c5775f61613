package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Fields that methods of sending have in common (green-api.md §5). Clients fill those that they don't use with nothing. */
final class SendFields {

    private static final int SHORTEST_ID = 16;
    private static final int LONGEST_ID = 128;

    /** The id of a message that is known, or an empty text; the complaint is the documented one. */
    static final FieldType<String> MESSAGE_ID_OR_NOTHING = FieldType.TEXT
            .and((name, value) -> FieldType.is(
                            (JsonNode id) -> id.stringValue().isEmpty()
                                    || id.stringValue().length() >= SHORTEST_ID,
                            "must be at least " + SHORTEST_ID + " symbols")
                    .complaint("message id", value))
            .notLonger(LONGEST_ID)
            .describedBy("pattern", Json.of("^$|^.{" + SHORTEST_ID + ",}$"));

    static final FieldType<String> PREVIEW_SIZE = FieldType.TEXT
            .and(FieldType.is(
                    value -> Set.of("", "large", "small").contains(value.stringValue()),
                    "must be one of [large, small]"))
            .shaped(Shape.words("", "large", "small"));

    /** How long typing is shown, in milliseconds; 0 is not at all. */
    static final FieldType<Long> TYPING_TIME = new FieldType<>(
                    FieldType.is(JsonNode::isNumber, "must be a number"),
                    JsonNode::longValue,
                    Shape.number(0, 20_000),
                    0)
            .and(FieldType.is(value -> value.isIntegralNumber() && value.canConvertToLong(), "must be an integer"))
            .and(FieldType.is(
                    value -> value.longValue() == 0 || value.longValue() >= 1000,
                    "must be greater than or equal to 1000"))
            .and(FieldType.is(value -> value.longValue() <= 20_000, "must be less than or equal to 20000"));

    private static final List<String> TEXTS = List.of("title", "description", "link", "urlFile", "jpegThumbnail");

    /** What is shown of a link. */
    static final FieldType<JsonNode> PREVIEW = FieldType.ANY
            .and(FieldType.is(JsonNode::isObject, "must be of type object"))
            .and(FieldType.is(value -> value.path("title").isString(), "must have a 'title'"))
            .and(FieldType.is(
                    value -> value.properties().stream()
                            .allMatch(each -> TEXTS.contains(each.getKey())
                                    && each.getValue().isString()),
                    "must only have texts: " + String.join(", ", TEXTS)))
            .shaped(shape());

    private SendFields() {}

    private static Shape shape() {
        Shape shape = Shape.object("title", Shape.TEXT);
        for (String name : TEXTS) {
            shape = name.equals("title") ? shape : shape.maybe(name, Shape.TEXT);
        }
        return shape;
    }
}
