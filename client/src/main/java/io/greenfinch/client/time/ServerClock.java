package io.greenfinch.client.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The server's clock, as far as it was shown to us. Thread-safe. */
public final class ServerClock {

    /** The server tells its time in whole seconds: it may be later by so much. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    /** The same as ours until the server has shown another. */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /** The server's clock shows this at this moment. */
    public void shows(Instant time) {
        ahead = Duration.between(clock.instant(), time);
    }

    /** What it shows now, in fractions of a second that the server would not tell. */
    public Instant now() {
        return clock.instant().plus(ahead);
    }

    /** What happens from this moment on is not before this. */
    public Instant atLatest() {
        return now().plus(TICK);
    }
}
