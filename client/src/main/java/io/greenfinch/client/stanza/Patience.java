package io.greenfinch.client.stanza;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time one call has to ask and to ask again. Belongs to the caller's thread. */
public final class Patience {

    /** The first wait before asking again; each further one is twice as long. */
    public static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Wire wire;
    private final Clock clock;
    private final Instant deadline;
    private Duration nextWait = FIRST_WAIT;

    public Patience(Wire wire, Clock clock, Instant deadline) {
        this.wire = wire;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** When the call has to end. */
    public Instant deadline() {
        return deadline;
    }

    /**
     * Waits before the next stanza.
     *
     * @param wanted how long the server wants us to wait, or we ourselves; empty for longer than the last time
     * @return false, without waiting, when there is no time left for a stanza; false also when the session has ended
     */
    public boolean pause(Optional<Duration> wanted) {
        Optional<Duration> told = wanted.filter(Duration::isPositive);
        Instant next = clock.instant().plus(told.orElse(nextWait));
        if (told.isEmpty()) {
            nextWait = nextWait.multipliedBy(2);
        }
        return next.isBefore(deadline) && wire.pause(next);
    }

    /** When an answer must have come, so that time is left to find out if none does although the connection lives. */
    public Instant answerBy() {
        Instant now = clock.instant();
        Duration remaining = Duration.between(now, deadline);
        return remaining.isPositive() ? now.plus(remaining.multipliedBy(3).dividedBy(5)) : deadline;
    }
}
