package io.greenfinch.gateway.console;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The console's words in one language. Immutable. */
public final class Texts {

    private static final String BUNDLE = "io.greenfinch.gateway.console.console";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Language language;
    private final ResourceBundle words;

    Texts(Language language) {
        this.language = language;
        this.words = ResourceBundle.getBundle(
                BUNDLE,
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    public String language() {
        return language.tag();
    }

    /** The words under a key; the key itself where there are none, for a test to find. */
    public String get(String key) {
        try {
            return words.getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
    }

    /** The same with values in it; numbers as they are, for each language groups digits in its own way. */
    public String get(String key, Object... values) {
        Object[] texts = Arrays.stream(values).map(String::valueOf).toArray();
        return new MessageFormat(get(key), language.locale()).format(texts);
    }

    /** The words for one of our own, such as a state or a reason; the word itself where it has none. */
    public String word(String kind, String word) {
        String key = kind + "." + word;
        String text = get(key);
        return text.equals(key) ? word : text;
    }

    public String time(Instant at) {
        return TIME.format(at);
    }

    /** Seconds since 1970, as the API tells times. */
    public String time(long seconds) {
        return time(Instant.ofEpochSecond(seconds));
    }

    public String duration(Duration length) {
        long minutes = length.toMinutes();
        if (minutes < 60) {
            return get("duration.minutes", minutes);
        }
        return minutes < 48 * 60 ? get("duration.hours", length.toHours()) : get("duration.days", length.toDays());
    }
}
