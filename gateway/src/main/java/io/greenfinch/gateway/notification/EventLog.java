package io.greenfinch.gateway.notification;

import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.store.EventLogTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened in each instance, notifications included whether they are wanted or not, and those who follow it as it
 * happens. Entries are kept for a day. Thread-safe.
 */
public final class EventLog implements AutoCloseable {

    /** Entries that are read at a time. */
    private static final int BATCH = 100;

    /** After so many waits in which nothing rang it is looked all the same: a commit may succeed and seem to have failed. */
    private static final int UNHEARD = 6;

    private final EventLogTable table;
    private final Timers timers;
    private final Clock clock;
    private final Bells bells = new Bells();

    public EventLog(EventLogTable table, Timers timers, Clock clock) {
        this.table = table;
        this.timers = timers;
        this.clock = clock;
    }

    EventLogTable table() {
        return table;
    }

    /** Makes those who follow an instance look again. Never blocks. */
    void wake(long instance) {
        bells.ring(instance);
    }

    /** What came of waiting for entries. */
    public sealed interface Awaited {

        /** Some, the oldest first. */
        record Found(List<EventLogTable.Entry> entries) implements Awaited {}

        /** None in time. */
        record Nothing() implements Awaited {}

        /** There will be no more. */
        record Over() implements Awaited {}
    }

    /** What comes behind a position from now on. To be closed by who follows. */
    public Tail follow(long instance, long position) {
        return new Tail(instance, position);
    }

    /** Somebody who follows the log of an instance. For one thread. */
    public final class Tail implements AutoCloseable {

        private final long instance;
        private long position;

        /** Hangs from before the last look, which found nothing, until there may be something. */
        private Bells.@Nullable Bell bell;

        private int silences;

        private Tail(long instance, long position) {
            this.instance = instance;
            this.position = position;
        }

        /**
         * The next entries; blocks until there is one, the time is over or the log is closed. For who is one too many of an instance it
         * is over at once. Asks the database only where there may be something.
         *
         * @throws io.greenfinch.client.store.StoreException when they can't be read
         */
        public Awaited await(Duration patience) {
            Instant deadline = clock.instant().plus(patience);
            while (true) {
                if (bell == null) {
                    Optional<Bells.Bell> hung = bells.hang(instance);
                    if (hung.isEmpty()) {
                        return new Awaited.Over();
                    }
                    // It hangs before the look, so that nothing is committed unheard in between.
                    bell = hung.get();
                    List<EventLogTable.Entry> entries = table.after(instance, position, BATCH);
                    if (!entries.isEmpty()) {
                        close();
                        position = entries.getLast().position();
                        return new Awaited.Found(entries);
                    }
                }
                if (!Deadline.await(bell.rung(), deadline, timers, false)) {
                    silences++;
                    if (silences % UNHEARD == 0) {
                        close();
                    }
                    return bells.closed() ? new Awaited.Over() : new Awaited.Nothing();
                }
                close();
            }
        }

        @Override
        public void close() {
            if (bell != null) {
                bell.close();
                bell = null;
            }
        }
    }

    /** The last entries of an instance, the newest first; blocks. */
    public List<EventLogTable.Entry> latest(long instance, int count) {
        return table.latest(instance, count);
    }

    /** The position of the last entry; blocks. */
    public long end(long instance) {
        return table.end(instance);
    }

    /** The lowest position behind which nothing is missing; blocks. */
    public long begin(long instance) {
        return table.begin(instance);
    }

    /** Those who wait are told that it is over; nobody waits any more. */
    @Override
    public void close() {
        bells.close();
    }
}
