package io.greenfinch.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields a method knows, in their documented order. The first failure is the one reported; unknown fields come last
 * (design §6, texts of green-api.md §2.3). Immutable.
 *
 * @param all none for methods without parameters: their body, if any, is not looked at
 * @param oneOf of these optional fields at least one must be there
 * @param some whether at least one field must be there, whichever
 */
public record Fields(List<Field<?>> all, List<String> oneOf, boolean some) {

    /** How every validation text begins. */
    public static final String FAILED = "Validation failed. Details: ";

    static final Fields NONE = new Fields(List.of(), List.of(), false);

    /** How much of an unknown name is repeated. */
    private static final int MAX_NAME = 64;

    boolean none() {
        return all.isEmpty();
    }

    /** Whether a request can do without any. */
    public boolean optional() {
        return !some && oneOf.isEmpty() && all.stream().noneMatch(Field::required);
    }

    /** The fields that are files, with the most bytes of each. With any, requests are forms instead of JSON. */
    public Map<String, Long> files() {
        return all.stream()
                .filter(field -> field.type().fileBytes() > 0)
                .collect(Collectors.toMap(Field::name, field -> field.type().fileBytes()));
    }

    Set<String> names() {
        return all.stream().map(Field::name).collect(Collectors.toSet());
    }

    /** A body that has them. */
    public Shape shape() {
        Shape shape = some ? Shape.object().with("minProperties", Json.of(1)) : Shape.object();
        for (Field<?> field : all) {
            shape = field.required()
                    ? shape.and(field.name(), field.shape())
                    : shape.maybe(field.name(), field.shape());
        }
        return shape;
    }

    /** The message to answer; empty when the body fits. */
    Optional<String> complaint(ObjectNode body) {
        return all.stream()
                .flatMap(field -> field.complaint(body).stream())
                .findFirst()
                .or(() -> unknown(body))
                .or(() -> missing(body))
                .map(FAILED::concat);
    }

    private Optional<String> unknown(ObjectNode body) {
        Set<String> names = names();
        return body.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .map(name -> "'" + shortened(name) + "' is not allowed")
                .findFirst();
    }

    private Optional<String> missing(ObjectNode body) {
        if (some && body.isEmpty()) {
            return Optional.of("'value' must have at least 1 key");
        }
        return oneOf.isEmpty() || oneOf.stream().anyMatch(body::hasNonNull)
                ? Optional.empty()
                : Optional.of("'value' must contain at least one of [" + String.join(", ", oneOf) + "]");
    }

    /** As much of a name as is repeated in an answer. */
    public static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }
}
