package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Visit;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.Instances;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets in who has the partner token, or the number and the token of an instance. Thread-safe. */
final class Login {

    /** Wrong guesses that are looked at in a minute, those of all browsers together. */
    static final int GUESSES = 30;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** What came of trying. */
    sealed interface Outcome {

        record In(Visitor visitor) implements Outcome {}

        record Wrong() implements Outcome {}

        /** Nobody is let in for a while. */
        record TooMany() implements Outcome {}
    }

    private final Instances instances;
    private final Predicate<String> partnerToken;
    private final Visitors visitors;
    private final Clock clock;
    private final Deque<Long> wrong = new ArrayDeque<>();

    Login(Instances instances, Predicate<String> partnerToken, Visitors visitors, Clock clock) {
        this.instances = instances;
        this.partnerToken = partnerToken;
        this.visitors = visitors;
        this.clock = clock;
    }

    Outcome of(Visit visit, Language language) {
        if (blocked()) {
            return new Outcome.TooMany();
        }
        String id = visit.field("idInstance").strip();
        String token = visit.field("token").strip();
        if (id.isEmpty() && partnerToken.test(token)) {
            return new Outcome.In(visitors.admit(Optional.empty(), language));
        }
        Optional<Visitor.Scope> scope = scope(id, token);
        if (scope.isPresent()) {
            return new Outcome.In(visitors.admit(scope, language));
        }
        guessed();
        return new Outcome.Wrong();
    }

    private Optional<Visitor.Scope> scope(String id, String token) {
        return id.matches("[0-9]{1,18}")
                ? instances
                        .find(Long.parseLong(id))
                        .filter(instance -> instance.deleted().isEmpty())
                        .filter(instance -> instances.admits(instance, token))
                        .map(instance -> new Visitor.Scope(instance.id(), new ApiToken(token)))
                : Optional.empty();
    }

    private synchronized boolean blocked() {
        long since = clock.millis() - WINDOW.toMillis();
        while (!wrong.isEmpty() && wrong.getFirst() < since) {
            wrong.removeFirst();
        }
        return wrong.size() >= GUESSES;
    }

    private synchronized void guessed() {
        wrong.addLast(clock.millis());
    }
}
