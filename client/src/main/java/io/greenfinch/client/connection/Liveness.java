package io.greenfinch.client.connection;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server is still there (design 4.3): after a silence of {@code pingAfter} we ask, and when nothing at all
 * comes in for another {@code pingTimeout} the connection is dead. Any frame counts, not only the answer.
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

    /** Decides; to be called again when the answer says so. */
    Step look(Instant now) {
        if (pinged == null) {
            Instant due = heard.plus(pingAfter);
            if (now.isBefore(due)) {
                return new Step.Wait(due);
            }
            pinged = now;
            return new Step.Ping(now.plus(pingTimeout));
        }
        Instant end = pinged.plus(pingTimeout);
        return now.isBefore(end) ? new Step.Wait(end) : new Step.Cut();
    }
}
