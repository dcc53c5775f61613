package io.greenfinch.client.time;

import io.greenfinch.client.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Timers that go off when the test lets time pass. Thread-safe. */
public final class SteppedTimers implements Timers {

    private record Entry(Instant when, long order, Runnable action) {}

    private final SteppedClock clock;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::when).thenComparingLong(Entry::order));
    private long next;

    public SteppedTimers(SteppedClock clock) {
        this.clock = clock;
    }

    @Override
    public Timer at(Instant when, Runnable action) {
        synchronized (entries) {
            Entry entry = new Entry(when, next++, action);
            entries.add(entry);
            return () -> {
                synchronized (entries) {
                    entries.remove(entry);
                }
            };
        }
    }

    /** Lets time pass: everything due on the way happens at its own moment, in order. */
    public void advance(Duration step) {
        Instant end = clock.instant().plus(step);
        while (runNext(end)) {
            // one after the other
        }
        clock.set(end);
    }

    /** How many things are still to happen. */
    public int waiting() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** Whether something is to happen at exactly this moment. */
    public boolean waitingFor(Instant moment) {
        synchronized (entries) {
            return entries.stream().anyMatch(entry -> entry.when().equals(moment));
        }
    }

    /** When the last thing is to happen. */
    public Optional<Instant> last() {
        synchronized (entries) {
            return entries.stream().map(Entry::when).max(Comparator.naturalOrder());
        }
    }

    private boolean runNext(Instant end) {
        Entry entry;
        synchronized (entries) {
            entry = entries.peek();
            if (entry == null || entry.when().isAfter(end)) {
                return false;
            }
            entries.remove();
        }
        if (entry.when().isAfter(clock.instant())) {
            clock.set(entry.when());
        }
        entry.action().run();
        return true;
    }
}
