package io.greenfinch.client.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The clock for deadlines and durations: it begins with the time of day, and from then on goes as the machine's monotonic
 * counter does. Nobody who sets the time of day moves it, so that what it measures is true; the price is that what it shows
 * is the time of day no longer. Where that is told or kept, it is read from {@link #wall}.
 *
 * <p>One for a process: moments of two of them don't compare. Thread-safe.
 */
public final class SteadyClock extends Clock {

    private final Clock wall;
    private final LongSupplier nanos;
    private final Instant start;
    private final long origin;

    /**
     * A clock that begins now.
     *
     * @param wall the time of day
     * @param nanos a counter of nanoseconds that nobody sets
     */
    public SteadyClock(Clock wall, LongSupplier nanos) {
        this(wall, nanos, wall.instant(), nanos.getAsLong());
    }

    private SteadyClock(Clock wall, LongSupplier nanos, Instant start, long origin) {
        this.wall = wall;
        this.nanos = nanos;
        this.start = start;
        this.origin = origin;
    }

    /** The time of day beside this clock: that of a steady one, or the clock itself. */
    public static Clock wall(Clock clock) {
        return clock instanceof SteadyClock steady ? steady.wall : clock;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - origin);
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone), nanos, start, origin);
    }
}
