package io.greenfinch.gateway.http;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A known field of a request: what may stand in it, and what a method reads from it. Immutable.
 *
 * @param name its exact name
 * @param required whether it must be there; an optional field that is {@code null} counts as absent
 * @param reader what is read, also of a missing value when the field is optional
 * @param shape how it is described where it is a member of a JSON body
 */
public record Field<T>(String name, boolean required, FieldType<?> type, Function<JsonNode, T> reader, Shape shape) {

    public static <T> Field<T> required(String name, FieldType<T> type) {
        return new Field<>(name, true, type, type.reader(), type.shape());
    }

    public static <T> Field<Optional<T>> optional(String name, FieldType<T> type) {
        Function<JsonNode, Optional<T>> reader = value -> value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(type.reader().apply(value));
        return new Field<>(name, false, type, reader, type.shape().orNull());
    }

    /**
     * An optional field that counts as absent as well where it is an empty text or 0, neither of which is a value of it: clients fill
     * what they don't use with nothing (green-api.md §1.3).
     */
    public static <T> Field<Optional<T>> fillable(String name, FieldType<T> type) {
        FieldType.Rule rule = (field, value) ->
                isFiller(value) ? Optional.empty() : type.rule().complaint(field, value);
        Field<Optional<T>> plain = optional(name, type);
        return new Field<>(
                name,
                false,
                new FieldType<>(rule, type.reader(), type.shape().orFiller(), type.fileBytes()),
                value -> isFiller(value) ? Optional.empty() : plain.reader().apply(value),
                type.shape().orFiller().orNull());
    }

    private static boolean isFiller(JsonNode value) {
        return value.isString()
                ? value.stringValue().isEmpty()
                : value.isIntegralNumber() && value.canConvertToLong() && value.longValue() == 0;
    }

    /** The detail to answer; empty when a body is right about this field. */
    Optional<String> complaint(ObjectNode body) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || (value.isNull() && !required)) {
            return required ? Optional.of("'" + name + "' is required") : Optional.empty();
        }
        return type.rule()
                .complaint(name, value)
                .or(() -> torn(value) ? Optional.of("'" + name + "' must be whole characters") : Optional.empty());
    }

    private static boolean torn(JsonNode value) {
        return value.isString()
                ? TextCoding.torn(value.stringValue())
                : value.propertyNames().stream().anyMatch(TextCoding::torn)
                        || value.valueStream().anyMatch(Field::torn);
    }
}
