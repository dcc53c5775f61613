package io.greenfinch.gateway.notification;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.store.EventLogTable;
import io.greenfinch.gateway.store.OutboxTable;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a minute for notifications and events that have had their day. Thread-safe. */
final class OutboxCare {

    private static final Logger log = LoggerFactory.getLogger(OutboxCare.class);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);

    /** How long before the end of their life notifications are warned of. */
    private static final Duration NOTICE = Duration.ofHours(1);

    /** So few in one unit that nobody else's waits for long. */
    private static final int BATCH = 500;

    private final OutboxTable table;
    private final EventLogTable events;
    private final OutboxWatch watch;
    private final Timers timers;
    private final Clock clock;
    private Timers.@Nullable Timer next;
    private boolean closed;

    OutboxCare(OutboxTable table, EventLogTable events, OutboxWatch watch, Timers timers, Clock clock) {
        this.table = table;
        this.events = events;
        this.watch = watch;
        this.timers = timers;
        this.clock = clock;
    }

    /** Makes rounds from now on. */
    synchronized void start() {
        if (!closed) {
            next = timers.at(
                    clock.instant().plus(BETWEEN_ROUNDS),
                    () -> Thread.ofVirtual().name("outbox-care").start(this::round));
        }
    }

    private void round() {
        try {
            watch.ageing(table.ageing(NOTICE), NOTICE);
            watch.dropped(OutboxWatch.Why.AGE, swept(table::sweep));
            swept(events::sweep);
        } catch (StoreException e) {
            log.warn("Old notifications could not be looked for: {}", e.getMessage());
        } finally {
            start();
        }
    }

    private long swept(IntUnaryOperator batch) {
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

    synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}
