package io.greenfinch.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields a method knows, in their documented order. The first failure is the one reported; unknown fields come last
 * (design §6, texts of green-api.md §2.3). Immutable.
 */
public final class Schema {

    /** How every validation text begins. */
    public static final String FAILED = "Validation failed. Details: ";

    /** How much of an unknown name is repeated. */
    private static final int MAX_NAME = 64;

    /** For methods without parameters: their body, if any, is not looked at. */
    public static final Schema IGNORED = new Schema(List.of(), List.of());

    private final List<Field> fields;
    private final List<String> oneOf;
    private final Set<String> names;
    private final Map<String, Long> files;

    private Schema(List<Field> fields, List<String> oneOf) {
        this.fields = fields;
        this.oneOf = oneOf;
        this.names = fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
        this.files = fields.stream()
                .filter(field -> field.rule() instanceof Field.FileRule)
                .collect(
                        Collectors.toUnmodifiableMap(Field::name, field -> ((Field.FileRule) field.rule()).maxBytes()));
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields), List.of());
    }

    public static Schema of(List<Field> fields) {
        return new Schema(List.copyOf(fields), List.of());
    }

    /** The same, with at least one of these optional fields there. */
    public Schema withOneOf(String... optional) {
        return new Schema(fields, List.of(optional));
    }

    /** The fields that are files, with the most bytes of each. With any, requests are forms instead of JSON. */
    Map<String, Long> files() {
        return files;
    }

    Set<String> names() {
        return names;
    }

    /** The message to answer; empty when the body fits. */
    Optional<String> complaint(ObjectNode body) {
        for (Field field : fields) {
            JsonNode value = body.get(field.name());
            Optional<String> complaint;
            if (value == null) {
                complaint = field.required() ? Optional.of("'" + field.name() + "' is required") : Optional.empty();
            } else if (value.isNull() && !field.required()) {
                complaint = Optional.empty();
            } else {
                complaint = field.rule().complaint(field.name(), value);
            }
            if (complaint.isPresent()) {
                return complaint.map(FAILED::concat);
            }
        }
        for (String name : body.propertyNames()) {
            if (!names.contains(name)) {
                return Optional.of(FAILED + "'" + shortened(name) + "' is not allowed");
            }
        }
        boolean some = oneOf.isEmpty() || oneOf.stream().anyMatch(body::hasNonNull);
        return some
                ? Optional.empty()
                : Optional.of(FAILED + "'value' must contain at least one of [" + String.join(", ", oneOf) + "]");
    }

    static String shortened(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
    }
}
