package io.greenfinch.gateway.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A language in which the console speaks. */
enum Language {
    ENGLISH("en"),
    RUSSIAN("ru");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    Locale locale() {
        return Locale.of(tag);
    }

    static Optional<Language> ofTag(String tag) {
        return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
    }

    /** The first that somebody reads, or English. */
    static Language of(List<String> wanted) {
        return wanted.stream()
                .map(range -> range.replaceFirst("[-;].*", "").toLowerCase(Locale.ROOT))
                .flatMap(tag -> ofTag(tag).stream())
                .findFirst()
                .orElse(ENGLISH);
    }
}
