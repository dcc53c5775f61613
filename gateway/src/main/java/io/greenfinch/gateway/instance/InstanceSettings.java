package io.greenfinch.gateway.instance;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An instance's settings: what was set, over the defaults. Immutable. {@link #toString} shows no values, for one of them
 * is a token.
 */
public final class InstanceSettings {

    /** What a new instance has: polling, every switch off, half a second between messages. */
    public static final InstanceSettings DEFAULTS = new InstanceSettings(JsonNodeFactory.instance.objectNode());

    /** The same, but that messages and states are notified of. */
    public static final InstanceSettings NOTIFYING = DEFAULTS.with(JsonNodeFactory.instance
            .objectNode()
            .put("incomingWebhook", "yes")
            .put("outgoingWebhook", "yes")
            .put("outgoingMessageWebhook", "yes")
            .put("outgoingAPIMessageWebhook", "yes")
            .put("stateWebhook", "yes"));

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ObjectNode values;

    private InstanceSettings(ObjectNode values) {
        this.values = values;
    }

    /** These settings with those of {@code fields} that are kept; {@code null} changes nothing, and flags are switches. */
    public InstanceSettings with(ObjectNode fields) {
        ObjectNode merged = values.deepCopy();
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (Setting.kept(field.getKey()).isPresent() && !field.getValue().isNull()) {
                merged.set(field.getKey(), asSwitch(field.getValue()));
            }
        }
        return new InstanceSettings(merged);
    }

    /** Whether a switch is on. */
    public boolean on(String toggle) {
        return text(toggle).equals("yes");
    }

    /** Whether a switch is off that is on as long as it was never set; of those that are told as flags as well. */
    public boolean off(String toggle) {
        String value = text(toggle);
        return value.equals("no") || value.equals("false");
    }

    /** The value of a setting that is a text; empty when it was never set. */
    public String text(String setting) {
        return values.path(setting).asString("");
    }

    /** The value of a setting that is a number; its standard when it was never set. */
    public long number(String setting) {
        JsonNode standard = Setting.kept(setting).map(Setting::standard).orElse(null);
        return values.path(setting).asLong(standard == null ? 0 : standard.asLong());
    }

    /** Adds all settings to {@code target}, in their documented order. */
    public void writeTo(ObjectNode target) {
        for (Setting setting : Setting.ALL) {
            JsonNode value = values.get(setting.name());
            JsonNode shown = value == null ? setting.standard() : value;
            if (shown != null) {
                target.set(setting.name(), asSwitch(shown)); // once flags were kept as they came
            }
        }
    }

    private static JsonNode asSwitch(JsonNode value) {
        return value.isBoolean() ? JsonNodeFactory.instance.stringNode(value.booleanValue() ? "yes" : "no") : value;
    }

    /** The form in which they are stored. */
    String stored() {
        return MAPPER.writeValueAsString(values);
    }

    /** Those in the form in which they are stored; empty when it is damaged. */
    static Optional<InstanceSettings> ofStored(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode values
                    ? Optional.of(new InstanceSettings(values))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "InstanceSettings" + values.propertyNames();
    }
}
