package io.greenfinch.simulator.stanza;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Ids for stanzas of the server, never used before. They go on after a restart, when companions still remember the old ones. Thread-safe. */
public final class StanzaIds implements Supplier<String> {

    private static final int IN_A_MILLISECOND = 1000;

    private final AtomicLong last;

    /** Ids that are larger than those of earlier starts. */
    public StanzaIds(Clock clock) {
        last = new AtomicLong(clock.millis() * IN_A_MILLISECOND);
    }

    @Override
    public String get() {
        return Long.toString(last.incrementAndGet());
    }
}
