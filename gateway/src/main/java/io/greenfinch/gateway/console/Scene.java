package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Visit;
import io.greenfinch.gateway.instance.Instance;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request of somebody who is logged in. Immutable.
 *
 * @param named the variable segments of its path
 * @param found the instance that its path names; whoever asks may see it
 */
record Scene(
        Stage stage, Visit visit, Visitor visitor, Texts texts, Map<String, String> named, Optional<Instance> found) {

    /** The instance that the path names. */
    Instance instance() {
        return found.orElseThrow(() -> new IllegalStateException("this path names no instance"));
    }

    /** A variable segment. */
    String named(String name) {
        String value = named.get(name);
        if (value == null) {
            throw new IllegalStateException("this path has no " + name);
        }
        return value;
    }

    String t(String key) {
        return texts.get(key);
    }

    Page page(String title, String active) {
        return stage.page(texts, title, active, Optional.of(visitor), found);
    }

    /** A page, or a part of one, by a template. */
    SiteReply show(String template, Page page, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("page", page);
        return SiteReply.page(stage.render(template, values));
    }

    /** What came of something, as a short notice. */
    SiteReply notice(boolean good, String text) {
        return show("notice.jte", page("", ""), Map.of("good", good, "text", text));
    }

    SiteReply redirect(String below) {
        return SiteReply.redirect(stage.base() + below);
    }
}
