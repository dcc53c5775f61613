package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.instance.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings as fields of a request, each optional (green-api.md §4.2). */
public final class SettingFields {

    private static final int MIN_DELAY = 500;
    private static final int MAX_DELAY = 600_000;
    private static final int MAX_TYPING = 20_000;
    private static final int MAX_URL = 2_048;
    private static final int MAX_HEADER = 1_024;
    private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7e]*");

    private SettingFields() {}

    /** All that a caller may send, in their documented order. */
    public static List<Field> all() {
        return Setting.ALL.stream()
                .filter(setting -> setting.kind() != Setting.Kind.FIXED)
                .map(setting -> Field.optional(setting.name(), rule(setting.kind())))
                .toList();
    }

    private static Field.Rule rule(Setting.Kind kind) {
        return switch (kind) {
            case SWITCH -> Field.yesNo();
            case LOOSE_SWITCH ->
                (name, value) ->
                        value.isBoolean() ? Optional.empty() : Field.yesNo().complaint(name, value);
            case DELAY -> Field.integer(MIN_DELAY, MAX_DELAY);
            case TYPING -> Field.integer(0, MAX_TYPING);
            case URL -> Field.text(MAX_URL).and((name, value) -> url(name, value.stringValue()));
            case HEADER -> Field.text(MAX_HEADER).and((name, value) -> header(name, value.stringValue()));
            case WITHOUT_EFFECT, FIXED -> Field.text();
        };
    }

    private static Optional<String> url(String name, String text) {
        return text.isEmpty() || reachable(text)
                ? Optional.empty()
                : Optional.of("'" + name + "' must be a valid uri with a scheme matching the http|https pattern");
    }

    private static boolean reachable(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** What goes out as a header must not be able to end it. */
    private static Optional<String> header(String name, String text) {
        return HEADER.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("'" + name + "' must only contain printable ASCII characters");
    }
}
