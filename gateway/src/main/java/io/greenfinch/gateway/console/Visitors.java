package io.greenfinch.gateway.console;

import io.greenfinch.gateway.instance.Instances;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has logged in, until they log out, stay away for half a day, or the gateway stops. Thread-safe; bounded: when there are
 * too many, those who have been away longest are forgotten.
 */
final class Visitors {

    static final int MOST = 1_000;

    static final Duration STAY = Duration.ofHours(12);

    private final Map<String, Visitor> known = new ConcurrentHashMap<>();
    private final Instances instances;
    private final Clock clock;
    private final SecureRandom random;

    Visitors(Instances instances, Clock clock, SecureRandom random) {
        this.instances = instances;
        this.clock = clock;
        this.random = random;
    }

    /** Lets somebody in who has shown a token. */
    Visitor admit(Optional<Visitor.Scope> scope, Language language) {
        Instant now = clock.instant();
        known.values().removeIf(visitor -> away(visitor, now));
        if (known.size() >= MOST) {
            known.values().stream().min(Comparator.comparing(Visitor::seen)).ifPresent(this::leave);
        }
        Visitor visitor = new Visitor(secret(), secret(), scope, language, now);
        known.put(visitor.key(), visitor);
        return visitor;
    }

    /** Who has this key; empty for nobody, and when what they were let in with is worth nothing any more. */
    Optional<Visitor> find(String key) {
        Instant now = clock.instant();
        Optional<Visitor> found = Optional.ofNullable(known.get(key))
                .filter(visitor -> !away(visitor, now))
                .filter(this::allowed);
        found.ifPresent(visitor -> visitor.seen(now));
        return found;
    }

    /** Whether somebody may still be here, for what lasts. */
    boolean allowed(Visitor visitor) {
        return known.containsKey(visitor.key())
                && visitor.scope()
                        .map(scope -> instances
                                .find(scope.instance())
                                .filter(instance -> instance.deleted().isEmpty())
                                .filter(instance ->
                                        instances.admits(instance, scope.token().text()))
                                .isPresent())
                        .orElse(true);
    }

    void leave(Visitor visitor) {
        known.remove(visitor.key());
    }

    private static boolean away(Visitor visitor, Instant now) {
        return Duration.between(visitor.seen(), now).compareTo(STAY) > 0;
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
