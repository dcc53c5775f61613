package io.greenfinch.client.stanza;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Store, then acknowledge (design 4.1): gathers what stanzas change, hands it to the host in units, and does what is to
 * be done afterwards (acknowledgements, as a rule) when a unit is durable, in the order of the stanzas. One unit at a
 * time is on its way. Belongs to the session's thread.
 */
public final class Intake {

    /** Stanzas in one unit. */
    private static final int UNIT = 64;

    /** With so many waiting, nothing more is taken in. */
    private static final int FULL = 128;

    private record Entry(List<Change> changes, List<SessionEvent> events, Runnable then) {
        boolean empty() {
            return changes.isEmpty() && events.isEmpty();
        }
    }

    private final long instance;
    private final long epoch;
    private final EventSink sink;
    private final Executor owner;
    private final Runnable stored;
    private final Consumer<Throwable> failed;
    private final Deque<Entry> waiting = new ArrayDeque<>(4);
    private boolean storing;
    private long generation;

    /**
     * An empty intake.
     *
     * @param stored told after each unit
     * @param failed told when a unit could not be stored; everything gathered is void then
     */
    public Intake(
            long instance, long epoch, EventSink sink, Executor owner, Runnable stored, Consumer<Throwable> failed) {
        this.instance = instance;
        this.epoch = epoch;
        this.sink = sink;
        this.owner = owner;
        this.stored = stored;
        this.failed = failed;
    }

    /** Puts one stanza's consequences to the next unit. */
    public void add(List<? extends Change> changes, List<? extends SessionEvent> events, Runnable then) {
        waiting.add(new Entry(List.copyOf(changes), List.copyOf(events), then));
    }

    /** Changes after which there is nothing to do. */
    public void add(List<? extends Change> changes, List<? extends SessionEvent> events) {
        if (!changes.isEmpty() || !events.isEmpty()) {
            add(changes, events, () -> {});
        }
    }

    public boolean full() {
        return waiting.size() >= FULL;
    }

    /** Sends the next unit on its way, unless one is. What needs no storing is done at once, when its turn has come. */
    public void flush() {
        while (!storing && !waiting.isEmpty()) {
            if (waiting.element().empty()) {
                waiting.remove().then().run();
            } else {
                store();
            }
        }
    }

    /** Forgets everything: the session is loaded anew. */
    public void reset() {
        generation++;
        storing = false;
        waiting.clear();
    }

    private void store() {
        List<Entry> unit = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        while (unit.size() < UNIT && !waiting.isEmpty()) {
            Entry entry = waiting.remove();
            unit.add(entry);
            changes.addAll(entry.changes());
            events.addAll(entry.events());
        }
        storing = true;
        long mine = generation;
        var _ = commit(changes, events)
                .whenComplete((done, failure) -> owner.execute(() -> {
                    if (mine == generation) {
                        finish(unit, failure);
                    }
                }));
    }

    /** A host that throws has stored nothing. */
    private CompletionStage<Void> commit(List<Change> changes, List<SessionEvent> events) {
        try {
            return sink.store(instance, epoch, changes, events);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(List<Entry> unit, @Nullable Throwable failure) {
        if (failure != null) {
            failed.accept(failure);
            return;
        }
        storing = false;
        unit.forEach(entry -> entry.then().run());
        stored.run();
        flush();
    }
}
