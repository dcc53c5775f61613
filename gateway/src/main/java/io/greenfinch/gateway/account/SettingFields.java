package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The settings as fields of a request, each optional, and as members of an answer (green-api.md §4.1, §4.2). Immutable.
 *
 * @param minSendDelay the shortest pause between two messages sent that may be set
 */
public record SettingFields(Duration minSendDelay) {

    private static final long LONGEST_DELAY = 600_000;
    private static final Pattern HEADER = Pattern.compile("[ -~]*");
    private static final String NOT_REACHABLE = "must be a valid uri with a scheme matching the http|https pattern";

    private static final FieldType<JsonNode> LOOSE_SWITCH = FieldType.ANY
            .and((name, value) -> value.isBoolean()
                    ? Optional.empty()
                    : FieldType.YES_NO.rule().complaint(name, value))
            .describedBy("enum", Json.array().add("yes").add("no").add(true).add(false));

    /** All that a caller may send, in their documented order. */
    public List<Field<?>> all() {
        return Setting.ALL.stream()
                .filter(setting -> setting.kind() != Setting.Kind.FIXED)
                .<Field<?>>map(setting -> Field.optional(setting.name(), type(setting.kind(), minSendDelay.toMillis())))
                .toList();
    }

    private static FieldType<?> type(Setting.Kind kind, long shortestDelay) {
        return switch (kind) {
            case SWITCH -> FieldType.YES_NO;
            case LOOSE_SWITCH -> LOOSE_SWITCH;
            case DELAY -> FieldType.integer(shortestDelay, LONGEST_DELAY);
            case TYPING -> FieldType.integer(0, 20_000);
            case URL ->
                FieldType.TEXT
                        .notLonger(2_048)
                        .and(FieldType.is(SettingFields::reachable, NOT_REACHABLE))
                        .describedBy("pattern", Json.of("^$|^[hH][tT][tT][pP][sS]?://[^\\s]+$"));
            case HEADER -> // What goes out as a header must not be able to end it.
                FieldType.TEXT
                        .notLonger(1_024)
                        .and(FieldType.is(SettingFields::printable, "must only contain printable ASCII characters"))
                        .describedBy("pattern", Json.of("^" + HEADER + "$"));
            case WITHOUT_EFFECT, FIXED -> FieldType.TEXT;
        };
    }

    private static boolean printable(JsonNode text) {
        return HEADER.matcher(text.stringValue()).matches();
    }

    private static boolean reachable(JsonNode text) {
        try {
            URI uri = new URI(text.stringValue());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return text.stringValue().isEmpty() || (http && uri.getHost() != null && uri.getPort() <= 65_535);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What is told of a setting. A pause may have been set while shorter ones were allowed. */
    static Shape told(Setting setting) {
        return switch (setting.kind()) {
            case WITHOUT_EFFECT, FIXED -> Shape.constant(Objects.requireNonNull(setting.standard()));
            case SWITCH -> type(setting.kind(), 0).shape().named("YesNo");
            case URL, HEADER -> Shape.TEXT;
            case LOOSE_SWITCH, DELAY, TYPING -> type(setting.kind(), 0).shape();
        };
    }
}
