package io.greenfinch.client.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Spreads the reconnects of sessions that lost their connections together, as when the server restarts: a few come back at
 * once, the others one after the other at a steady rate, each shifted at random. Thread-safe; nobody blocks.
 */
final class ConnectPace {

    /** Connections per second in the long run; so many are begun at a start, too. */
    private static final int PER_SECOND = 500;

    /** So many may come back at once. */
    static final int AT_ONCE = 50;

    private static final Duration EACH = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    private final Clock clock;
    private final RandomGenerator random;
    private Instant next = Instant.MIN;

    ConnectPace(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** How long one more session that lost its connection waits before it comes back. */
    Duration next() {
        Instant now = clock.instant();
        Duration behind;
        synchronized (this) {
            next = next.isBefore(now) ? now : next;
            behind = Duration.between(now, next).minus(EACH.multipliedBy(AT_ONCE - 1L));
            next = next.plus(EACH);
        }
        if (!behind.isPositive()) {
            return Duration.ZERO;
        }
        // Shifted within the time of ten, so that neighbours in the queue do not stay neighbours.
        return behind.plusNanos(random.nextLong(EACH.toNanos() * 10));
    }
}
