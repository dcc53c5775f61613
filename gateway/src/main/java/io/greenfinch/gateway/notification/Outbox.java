package io.greenfinch.gateway.notification;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.OutboxTable.Filling;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.work.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The notifications that wait to be taken, of all instances, and those who wait for them. What is in it is durable and in order;
 * it is taken away by whoever has it, and comes back until then. Thread-safe.
 */
public final class Outbox implements AutoCloseable {

    /** How long before the end of their life notifications are warned of. */
    private static final Duration NOTICE = Duration.ofHours(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutboxTable table;
    private final EventLog log;
    private final Timers timers;
    private final Clock clock;
    private final Bells bells = new Bells();
    private final OutboxWatch watch;
    private final Rounds rounds;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    /** An outbox that nobody sweeps before {@link #start}. */
    public Outbox(OutboxTable table, EventLog log, Timers timers, Clock clock, MeterRegistry registry) {
        this.table = table;
        this.log = log;
        this.timers = timers;
        this.clock = clock;
        this.watch = new OutboxWatch(table, registry);
        this.rounds = new Rounds("outbox", this::sweep, timers, clock);
    }

    /** Drops what has had its day, from now on. */
    public void start() {
        rounds.start();
    }

    private void sweep() {
        watch.ageing(table.ageing(NOTICE), NOTICE);
        watch.dropped(OutboxWatch.Why.AGE, rounds.all(table::sweep));
        rounds.all(log.table()::sweep);
        waiting().forEach(this::wake); // a commit that came too late for who wrote has woken nobody
    }

    /** Tells this listener of every instance that has got a notification, or may be told in another way from now on. It must be short. */
    public void listen(LongConsumer listener) {
        listeners.add(listener);
    }

    /** For what one unit of an instance leaves. */
    public OutboxUnit unit(long instance) {
        return new OutboxUnit(this, instance);
    }

    /** What a unit leaves, if nothing else is to be committed with it; blocks until it is durable. */
    public void write(Row row) {
        table.write(row);
    }

    OutboxTable table() {
        return table;
    }

    EventLog log() {
        return log;
    }

    static byte[] bytes(ObjectNode body) {
        return JSON.writeValueAsBytes(body);
    }

    void added(long instance, Collection<Filling> fillings) {
        fillings.forEach(filling -> watch.added(instance, filling));
        wake(instance);
    }

    /** Makes those who wait for notifications of an instance look again. Never blocks. */
    public void wake(long instance) {
        bells.ring(instance);
        listeners.forEach(listener -> listener.accept(instance));
    }

    /** What came of waiting for a notification. */
    public sealed interface Awaited {

        /** The oldest one; it stays where it is until it is removed. */
        record Found(Waiting notification) implements Awaited {}

        /** There was none in time, or the caller wanted none any more. */
        record Nothing() implements Awaited {}

        /** Too many wait for notifications of this instance already. */
        record Busy() implements Awaited {}
    }

    /**
     * The oldest notification of an instance; blocks until there is one, the deadline passes or the outbox is closed.
     *
     * @param over whether nobody wants it any more; asked again when the instance is {@link #wake woken}
     * @throws StoreException when it can't be read
     */
    public Awaited await(long instance, Instant deadline, BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            Optional<Bells.Bell> hung = bells.hang(instance);
            if (hung.isEmpty()) {
                return new Awaited.Busy();
            }
            try (Bells.Bell bell = hung.get()) {
                // The bell hangs before the look, so that nothing is committed unheard in between.
                Optional<Waiting> first = first(instance);
                if (first.isPresent()) {
                    return new Awaited.Found(first.get());
                }
                if (!Deadline.await(bell.rung(), deadline, timers, false)) {
                    break;
                }
            }
        }
        return new Awaited.Nothing();
    }

    /**
     * The oldest notification of an instance; blocks. One that is damaged is dropped.
     *
     * @throws StoreException when it can't be read
     */
    public Optional<Waiting> first(long instance) {
        Optional<Waiting> first = table.first(instance);
        while (first.isPresent() && first.get().body().isEmpty()) {
            table.remove(instance, first.get().receipt());
            watch.dropped(OutboxWatch.Why.DAMAGED, 1);
            first = table.first(instance);
        }
        return first;
    }

    /** Removes a notification that was taken; blocks. False when it is not there. */
    public boolean remove(long instance, long receipt) {
        return table.remove(instance, receipt);
    }

    /** Notes that a webhook did not take the oldest notification; blocks. */
    public void failed(long instance, long receipt, int attempts, String error, Duration pause) {
        table.failed(instance, receipt, attempts, error, table.clock().instant().plus(pause));
    }

    /** What the webhook of an instance does not take at this moment; blocks. */
    public Optional<OutboxTable.Trouble> trouble(long instance) {
        return table.trouble(instance);
    }

    /** Forgets what the last webhook of an instance did not take; blocks. */
    public void forgive(long instance) {
        table.forgive(instance);
    }

    /** How many wait; blocks. */
    public long count(long instance) {
        return table.count(instance);
    }

    /** The instances that have any; blocks. */
    public List<Long> waiting() {
        return table.waiting();
    }

    /** Empties an outbox; blocks. Returns how long to wait before that can be done, zero when it was done. */
    public Duration clear(long instance) {
        return table.clear(instance);
    }

    /** When it is to be over for who begins to wait now. */
    public Instant deadline(Duration patience) {
        return clock.instant().plus(patience);
    }

    /** Those who wait are told that there is nothing, and those who follow the log that it is over. What is in it stays. */
    @Override
    public void close() {
        bells.close();
        log.close();
        rounds.close();
    }
}
