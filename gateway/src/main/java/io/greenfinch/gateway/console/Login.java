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

    /** Wrong guesses that are told so in a minute, those of all browsers together. */
    static final int GUESSES = 30;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** What came of trying. */
    sealed interface Outcome {

        record In(Visitor visitor) implements Outcome {}

        record Wrong() implements Outcome {}

        /** A wrong one, and nothing more is said for a while. */
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
        String id = visit.field("idInstance").strip();
        String token = visit.field("token").strip();
        if (id.isEmpty() && partnerToken.test(token)) {
            return new Outcome.In(visitors.admit(Optional.empty(), language));
        }
        Optional<Visitor.Scope> scope = scope(id, token);
        if (scope.isPresent()) {
            return new Outcome.In(visitors.admit(scope, language));
        }
        return guessed() ? new Outcome.Wrong() : new Outcome.TooMany();
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

    /** Counts a wrong guess; false when there are too many. Who has the right token is let in all the same. */
    private synchronized boolean guessed() {
        long now = clock.millis();
        while (!wrong.isEmpty() && wrong.getFirst() < now - WINDOW.toMillis()) {
            wrong.removeFirst();
        }
        if (wrong.size() >= GUESSES) {
            return false;
        }
        wrong.addLast(now);
        return true;
    }
}
