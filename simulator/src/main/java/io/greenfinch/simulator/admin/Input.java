package io.greenfinch.simulator.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object of a request, read field by field; {@link #end} refuses fields that nobody read. All methods throw {@link BadInput} with a
 * clear text when a value is not what it should be. {@code null} is the same as leaving a field out. Not thread-safe.
 */
final class Input {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final Set<String> known = new HashSet<>();

    private Input(JsonNode object) {
        if (!object.isObject()) {
            throw BadInput.malformed("a JSON object expected");
        }
        this.object = object;
    }

    /** Reads one object; an empty text is an empty object. */
    static Input of(String json) {
        return new Input(json.isBlank() ? MAPPER.createObjectNode() : parse(json));
    }

    /** Reads one object, or an array of objects. */
    static List<Input> oneOrMany(String json) {
        JsonNode node = json.isBlank() ? MAPPER.createObjectNode() : parse(json);
        if (!node.isArray()) {
            return List.of(new Input(node));
        }
        List<Input> all = new ArrayList<>();
        node.forEach(item -> all.add(new Input(item)));
        return all;
    }

    /** Writes anything as JSON. */
    static String json(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw BadInput.malformed("malformed JSON: " + e.getOriginalMessage());
        }
    }

    private Optional<JsonNode> field(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    Optional<String> text(String name) {
        return field(name).map(value -> {
            if (!value.isString()) {
                throw BadInput.malformed("\"" + name + "\" must be a string");
            }
            return value.stringValue();
        });
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> BadInput.malformed("\"" + name + "\" is missing"));
    }

    /** Whether a field is there. */
    boolean has(String name) {
        return field(name).isPresent();
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        field(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw BadInput.malformed("\"" + name + "\" must be an array of strings");
            }
            value.forEach(item -> {
                if (!item.isString()) {
                    throw BadInput.malformed("\"" + name + "\" must be an array of strings");
                }
                all.add(item.stringValue());
            });
        });
        return all;
    }

    /** The objects of an array; each has an end of its own. */
    List<Input> objects(String name) {
        List<Input> all = new ArrayList<>();
        field(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw BadInput.malformed("\"" + name + "\" must be an array of objects");
            }
            value.forEach(item -> all.add(new Input(item)));
        });
        return all;
    }

    OptionalInt number(String name, int least, int most) {
        Optional<JsonNode> value = field(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!value.get().isIntegralNumber()
                || !value.get().canConvertToInt()
                || value.get().intValue() < least
                || value.get().intValue() > most) {
            throw BadInput.malformed("\"" + name + "\" must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(value.get().intValue());
    }

    Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            if (!value.isBoolean()) {
                throw BadInput.malformed("\"" + name + "\" must be true or false");
            }
            return value.booleanValue();
        });
    }

    /** An object of texts and numbers, all as texts. */
    Map<String, String> map(String name) {
        Map<String, String> all = new TreeMap<>();
        field(name).ifPresent(value -> {
            if (!value.isObject()) {
                throw BadInput.malformed("\"" + name + "\" must be an object");
            }
            value.properties().forEach(entry -> {
                if (!entry.getValue().isString() && !entry.getValue().isIntegralNumber()) {
                    throw BadInput.malformed("\"" + name + "\" must have strings or whole numbers in it");
                }
                all.put(entry.getKey(), entry.getValue().asString());
            });
        });
        return all;
    }

    /** Refuses fields that were not asked for. */
    void end() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw BadInput.malformed("\"" + name + "\" is not known here; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
