package io.greenfinch.gateway.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a message has come that an instance is at.
 *
 * @param typed whether typing was shown, where it is to be
 * @param begun whether it may have been sent
 * @param decided when WhatsApp said what becomes of it
 * @param rests until when it is left alone, since nothing was heard of it; others go on meanwhile
 */
record Step(boolean typed, boolean begun, Optional<Instant> decided, Optional<Instant> rests) {

    private static final Duration SHORTEST_REST = Duration.ofSeconds(5);

    /** Typing was shown, and nothing else was done. */
    static final Step TYPED = of(true, false);

    /** One of which nothing is decided. */
    static Step of(boolean typed, boolean begun) {
        return new Step(typed, begun, Optional.empty(), Optional.empty());
    }

    /** The same, left alone no longer. */
    Step awake() {
        return rests.isEmpty() ? this : new Step(typed, begun, decided, Optional.empty());
    }

    /** The same, left alone until then. */
    Step resting(Instant until) {
        return new Step(typed, begun, decided, Optional.of(until));
    }

    /** The same, of which nothing was heard: it is left alone for as long as that took, so that others are sent as well. */
    Step after(Instant begun, Instant end) {
        Duration silence = Duration.between(begun, end);
        return resting(end.plus(silence.compareTo(SHORTEST_REST) > 0 ? silence : SHORTEST_REST));
    }

    /** The same, and typing was shown. */
    Step withTyping() {
        return new Step(true, begun, decided, rests);
    }
}
