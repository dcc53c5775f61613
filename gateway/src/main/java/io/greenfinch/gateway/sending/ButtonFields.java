package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ButtonWriting.Button;
import io.greenfinch.gateway.chat.ButtonWriting.Kind;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Buttons as callers describe them (green-api.md §5.9, §5.10). */
final class ButtonFields {

    private static final String TYPE = "type";
    private static final String ID = "buttonId";
    private static final String TEXT = "buttonText";
    private static final String REPLY = "reply";

    /** What a button of each type has beside its id and text. */
    private static final Map<String, String> VALUES = Map.of("copy", "copyCode", "call", "phoneNumber", "url", "url");

    private static final FieldType<String> SHORT = FieldType.FILLED_TEXT.notLonger(25);
    private static final FieldType<String> NAME = FieldType.FILLED_TEXT.notLonger(256);
    private static final FieldType<String> VALUE = FieldType.FILLED_TEXT.notLonger(2000);

    private ButtonFields() {}

    /**
     * One to three buttons.
     *
     * @param replies whether all of them are replies, and say so by having no type
     */
    static FieldType<List<Button>> buttons(boolean replies) {
        FieldType<Button> button = FieldType.ANY
                .and(FieldType.is(JsonNode::isObject, "must be of type object"))
                .and((name, value) -> complaint(name, value, replies))
                .as(value -> read(value, replies))
                .shaped(shape(replies));
        return FieldType.array(1, 3, button);
    }

    private static Optional<String> complaint(String name, JsonNode button, boolean replies) {
        String type = replies ? REPLY : button.path(TYPE).asString("");
        if (!replies && !type.equals(REPLY) && !VALUES.containsKey(type)) {
            return Optional.of("'" + name + "." + TYPE + "' must be one of [copy, call, url, reply]");
        }
        Optional<String> value = Optional.ofNullable(VALUES.get(type));
        return member(name, button, ID, NAME)
                .or(() -> member(name, button, TEXT, SHORT))
                .or(() -> value.flatMap(of -> member(name, button, of, VALUE)))
                .or(() -> other(name, button, value, replies));
    }

    private static Optional<String> member(String name, JsonNode button, String member, FieldType<String> type) {
        String called = name + "." + member;
        return button.has(member)
                ? type.rule().complaint(called, button.path(member))
                : Optional.of("'" + called + "' is required");
    }

    private static Optional<String> other(String name, JsonNode button, Optional<String> value, boolean replies) {
        Set<String> known = new HashSet<>(List.of(ID, TEXT));
        if (!replies) {
            known.add(TYPE);
        }
        value.ifPresent(known::add);
        return button.propertyNames().stream()
                .filter(member -> !known.contains(member))
                .map(member -> "'" + name + "." + member + "' is not allowed")
                .findFirst();
    }

    private static Button read(JsonNode button, boolean replies) {
        String type = replies ? REPLY : button.path(TYPE).stringValue();
        Kind kind = switch (type) {
            case "copy" -> Kind.COPY;
            case "call" -> Kind.CALL;
            case "url" -> Kind.URL;
            default -> Kind.REPLY;
        };
        return new Button(
                kind,
                button.path(ID).stringValue(),
                button.path(TEXT).stringValue(),
                Optional.ofNullable(VALUES.get(type))
                        .map(value -> button.path(value).stringValue())
                        .orElse(""));
    }

    private static Shape shape(boolean replies) {
        Shape shape = Shape.object(ID, NAME.shape()).and(TEXT, SHORT.shape());
        return replies
                ? shape
                : shape.and(TYPE, Shape.words("copy", "call", "url", REPLY))
                        .maybe("copyCode", VALUE.shape())
                        .maybe("phoneNumber", VALUE.shape())
                        .maybe("url", VALUE.shape());
    }
}
