package io.greenfinch.gateway.console;

import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instance;
import java.time.Instant;
import java.util.Optional;

/** Somebody who has logged in. Thread-safe. */
final class Visitor {

    /** The one instance that somebody may see, and what they were let in with. */
    record Scope(long instance, ApiToken token) {}

    private final String key;
    private final String csrf;
    private volatile Optional<Scope> scope;
    private volatile Language language;
    private volatile Instant seen;

    /**
     * Somebody.
     *
     * @param key what their browser remembers
     * @param csrf what their pages send with everything that changes something
     * @param scope empty for who has the partner token, and sees everything
     */
    Visitor(String key, String csrf, Optional<Scope> scope, Language language, Instant seen) {
        this.key = key;
        this.csrf = csrf;
        this.scope = scope;
        this.language = language;
        this.seen = seen;
    }

    String key() {
        return key;
    }

    String csrf() {
        return csrf;
    }

    Optional<Scope> scope() {
        return scope;
    }

    /** The token of the one instance is another one now. */
    void renewed(ApiToken token) {
        scope = scope.map(own -> new Scope(own.instance(), token));
    }

    boolean seesAll() {
        return scope.isEmpty();
    }

    boolean sees(Instance instance) {
        return instance.deleted().isEmpty()
                && scope.map(own -> own.instance() == instance.id()).orElse(true);
    }

    Language language() {
        return language;
    }

    void language(Language other) {
        language = other;
    }

    Instant seen() {
        return seen;
    }

    void seen(Instant when) {
        seen = when;
    }

    @Override
    public String toString() {
        return "Visitor[hidden]";
    }
}
