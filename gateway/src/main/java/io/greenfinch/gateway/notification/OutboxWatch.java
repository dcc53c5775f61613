package io.greenfinch.gateway.notification;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.OutboxTable.Bounds;
import io.greenfinch.gateway.store.OutboxTable.Filling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts notifications, and warns of an outbox that is about to lose some: once when it is nearly full or its oldest nearly a
 * day old, and once when it does. Thread-safe; never blocks, but when the backlog is asked for.
 */
final class OutboxWatch {

    private static final Logger log = LoggerFactory.getLogger(OutboxWatch.class);

    /** How full it is when it is nearly full, and when it is no more. */
    private static final double NEARLY = 0.8;

    private static final double WELL = 0.5;

    /** Why one was dropped. */
    enum Why {
        ROOM,
        AGE,
        DAMAGED
    }

    private final Bounds bounds;
    private final MeterRegistry registry;
    private final Counter added;
    private final Set<Long> full = ConcurrentHashMap.newKeySet();
    private final Set<Long> dropping = ConcurrentHashMap.newKeySet();
    private final Set<Long> ageing = ConcurrentHashMap.newKeySet();

    OutboxWatch(OutboxTable table, MeterRegistry registry) {
        this.bounds = table.bounds();
        this.registry = registry;
        added = Counter.builder("greenfinch.outbox.added")
                .description("Notifications that came into outboxes")
                .register(registry);
        for (Why why : Why.values()) {
            dropped(why, 0);
        }
        Gauge.builder("greenfinch.outbox.backlog", table, OutboxWatch::backlog)
                .description("Notifications that wait to be taken")
                .register(registry);
    }

    private static double backlog(OutboxTable table) {
        try {
            return table.countAll();
        } catch (StoreException e) {
            log.debug("The backlog can't be told: {}", e.getMessage());
            return Double.NaN;
        }
    }

    /** An outbox has one more, and holds so much now. */
    void added(long instance, Filling filling) {
        added.increment();
        double filled = Math.max(
                (double) (filling.kept() + filling.dropped()) / bounds.count(),
                (double) filling.bytes() / bounds.bytes());
        if ((filled >= NEARLY || filling.dropped() > 0) && full.add(instance)) {
            log.warn(
                    "The outbox of instance {} is nearly full ({} notifications): take them, or its oldest will go",
                    instance,
                    filling.kept());
        }
        if (filling.dropped() > 0) {
            dropped(Why.ROOM, filling.dropped());
            if (dropping.add(instance)) {
                log.warn("The outbox of instance {} is full, its oldest notifications go", instance);
            }
        } else if (filled < WELL) {
            full.remove(instance);
            dropping.remove(instance);
        }
    }

    /** So many were dropped. */
    void dropped(Why why, long count) {
        Counter.builder("greenfinch.outbox.dropped")
                .description("Notifications that nobody has taken")
                .tag("why", why.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment((double) count);
    }

    /** These instances, and no others, have notifications that go in so much time if nobody takes them. */
    void ageing(List<Long> instances, Duration left) {
        ageing.retainAll(Set.copyOf(instances));
        for (long instance : instances) {
            if (ageing.add(instance)) {
                log.warn(
                        "The oldest notifications of instance {} go within {} minutes, for they are nearly a day old",
                        instance,
                        left.toMinutes());
            }
        }
    }
}
