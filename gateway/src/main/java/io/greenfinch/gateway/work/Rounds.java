package io.greenfinch.gateway.work;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something once a minute, on a virtual thread. Thread-safe. */
public final class Rounds implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** What is done at a time, so that nobody else's units wait for long. */
    private static final int BATCH = 500;

    private final String name;
    private final Runnable round;
    private final Timers timers;
    private final Clock clock;
    private Timers.@Nullable Timer next;
    private boolean closed;

    /**
     * Rounds that begin with {@link #start}.
     *
     * @param round may block; a {@link StoreException} is logged, and all is as usual the next time
     * @param clock the timers' own
     */
    public Rounds(String name, Runnable round, Timers timers, Clock clock) {
        this.name = name;
        this.round = round;
        this.timers = timers;
        this.clock = clock;
    }

    /** The first round is in a minute. */
    public synchronized void start() {
        if (!closed) {
            next = timers.at(
                    clock.instant().plus(BETWEEN),
                    () -> Thread.ofVirtual().name(name).start(this::make));
        }
    }

    private void make() {
        try {
            round.run();
        } catch (StoreException e) {
            log.warn("The round of {} could not be made: {}", name, e.getMessage());
        } finally {
            start();
        }
    }

    /** Does something in batches, until one is not full, or the rounds are closed; returns how much was done. */
    public long all(IntUnaryOperator batch) {
        long all = 0;
        int some;
        do {
            some = batch.applyAsInt(BATCH);
            all += some;
        } while (some == BATCH && !isClosed());
        return all;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}
