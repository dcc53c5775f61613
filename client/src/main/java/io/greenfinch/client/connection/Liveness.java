package io.greenfinch.client.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server is still there (design 4.3): after a silence of {@code pingAfter}, or a shorter one while a request waits
 * for its answer, we ask, and when nothing at all comes in for another {@code pingTimeout} the connection is dead. Any frame
 * counts, not only the answer.
 *
 * <p>Looks fall on whole quarters of a second: of many idle sessions those that are due about the same time are looked at, ask and
 * are answered together, which wakes the threads between them once for all.
 */
final class Liveness {

    /** What to do now. */
    sealed interface Step {

        /** Nothing until then. */
        record Wait(Instant until) implements Step {}

        /** Send a ping, and look again then. */
        record Ping(Instant until) implements Step {}

        /** The connection is dead. */
        record Cut() implements Step {}
    }

    /** The silence after which we ask while somebody waits: there must be time left to find out on another connection. */
    static final Duration WHILE_WAITING = Duration.ofSeconds(3);

    private static final long BEAT_MILLIS = 250;

    private final Duration pingAfter;
    private final Duration pingTimeout;
    private Instant heard;
    private @Nullable Instant pinged;

    Liveness(Duration pingAfter, Duration pingTimeout, Instant now) {
        this.pingAfter = pingAfter;
        this.pingTimeout = pingTimeout;
        this.heard = now;
    }

    /** A frame came in. */
    void heard(Instant now) {
        heard = now;
        pinged = null;
    }

    /** When something came in last. */
    Instant heardAt() {
        return heard;
    }

    /**
     * Decides; to be called again when the answer says so.
     *
     * @param asked since when a request waits for its answer; empty when none does
     */
    Step look(Instant now, Optional<Instant> asked) {
        if (pinged == null) {
            Instant due = earlier(
                    heard.plus(pingAfter),
                    asked.map(since -> since.isAfter(heard) ? since : heard).map(silent -> silent.plus(WHILE_WAITING)));
            if (now.isBefore(due)) {
                return new Step.Wait(beat(due));
            }
            pinged = now;
            return new Step.Ping(beat(now.plus(pingTimeout)));
        }
        Instant end = pinged.plus(pingTimeout);
        return now.isBefore(end) ? new Step.Wait(beat(end)) : new Step.Cut();
    }

    /** The first moment not before {@code due} at which many may look. */
    private static Instant beat(Instant due) {
        long begun = Math.floorDiv(due.minusNanos(1).toEpochMilli(), BEAT_MILLIS);
        return Instant.ofEpochMilli((begun + 1) * BEAT_MILLIS);
    }

    private static Instant earlier(Instant one, Optional<Instant> other) {
        return other.filter(one::isAfter).orElse(one);
    }
}
