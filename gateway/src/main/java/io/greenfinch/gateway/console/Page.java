package io.greenfinch.gateway.console;

import io.greenfinch.gateway.instance.Instance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every page is told: where the console is, who looks, and in which language. Immutable.
 *
 * @param base path of the console, without a slash at its end
 * @param assets path of its files
 * @param active the entry of the menu that the page belongs to
 * @param phones whether there are simulated phones to be shown
 */
public record Page(
        String base,
        String assets,
        Texts texts,
        String title,
        String active,
        Optional<Visitor> visitor,
        @Nullable Instance instance,
        boolean phones) {

    /** Words. */
    public String t(String key) {
        return texts.get(key);
    }

    public String t(String key, Object... values) {
        return texts.get(key, values);
    }

    public String csrf() {
        return visitor.map(Visitor::csrf).orElse("");
    }

    public boolean known() {
        return visitor.isPresent();
    }

    /** Whether who looks sees all instances. */
    public boolean seesAll() {
        return visitor.map(Visitor::seesAll).orElse(false);
    }

    /** The path of the instance that is shown. */
    public String own() {
        return base + "/instances/" + (instance == null ? "" : instance.id());
    }

    /** Marks the entry of the menu where one is. */
    public @Nullable String current(String entry) {
        return entry.equals(active) ? "page" : null;
    }

    public String otherLanguage() {
        return texts.language().equals("en") ? "ru" : "en";
    }
}
