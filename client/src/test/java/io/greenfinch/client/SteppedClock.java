package io.greenfinch.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** A clock that moves only when told to. Thread-safe. */
public final class SteppedClock extends Clock {

    private volatile Instant now;
    private final AtomicInteger failures = new AtomicInteger();

    public SteppedClock(Instant start) {
        now = start;
    }

    /** A clock at a moment of no importance. */
    public static SteppedClock atSomeTime() {
        return new SteppedClock(Instant.parse("2026-11-23T08:00:00Z"));
    }

    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Whoever looks at it next finds it broken. */
    public void failOnce() {
        failures.incrementAndGet();
    }

    @Override
    public Instant instant() {
        if (failures.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            throw new IllegalStateException("the clock is broken");
        }
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a stepped clock has no other zones");
    }
}
