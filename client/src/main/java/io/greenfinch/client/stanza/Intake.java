package io.greenfinch.client.stanza;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
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
 * Store, then acknowledge (design 4.1). A stanza reserves its place in the order when it comes, and fills it when its
 * consequences are decided; then memory has them. Places are handed to the host in units, up to the first that is open, and
 * what is to be done afterwards (acknowledgements, as a rule) is done when a unit is durable, in the order of the places.
 * One unit at a time is on its way. Open places are filled in their order, and what is decided without a place goes before
 * the first that is open, so that what is decided later is never stored earlier. Belongs to the session's thread.
 */
public final class Intake {

    /** Places in one unit. */
    private static final int UNIT = 64;

    /** With so many waiting, nothing more is taken in. */
    private static final int FULL = 128;

    private final long instance;
    private final long epoch;
    private final EventSink sink;
    private final ClientContext shared;
    private final Executor owner;
    private final SessionState state;
    private final Runnable stored;
    private final Consumer<Throwable> failed;

    /** Places up to the first open one. */
    private final Deque<Place> decided = new ArrayDeque<>(1);

    /** The first open place, and those behind it. */
    private final Deque<Place> undecided = new ArrayDeque<>(1);

    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private boolean storing;
    private long generation;

    /**
     * An empty intake.
     *
     * @param state what is decided goes here at once
     * @param stored told after each unit
     * @param failed told when a unit could not be stored; everything gathered is void then
     */
    public Intake(
            long instance,
            long epoch,
            EventSink sink,
            ClientContext shared,
            Executor owner,
            SessionState state,
            Runnable stored,
            Consumer<Throwable> failed) {
        this.instance = instance;
        this.epoch = epoch;
        this.sink = sink;
        this.shared = shared;
        this.owner = owner;
        this.state = state;
        this.stored = stored;
        this.failed = failed;
    }

    /** The place of one stanza in the order. Filled once; void after a reset. */
    public final class Place {

        private final long born = generation;
        private List<Change> changes = List.of();
        private List<SessionEvent> events = List.of();
        private @Nullable Runnable then;

        private Place() {}

        /** These are the consequences; memory has them from now on. */
        public void fill(List<? extends Change> changed, List<? extends SessionEvent> told, Runnable afterwards) {
            if (then != null) {
                throw new IllegalStateException("a place is filled once");
            }
            if (born == generation) {
                state.decided(changed);
                changes = List.copyOf(changed);
                events = List.copyOf(told);
                then = afterwards;
                while (!undecided.isEmpty() && undecided.element().then != null) {
                    decided.add(undecided.remove());
                }
            }
        }

        /** There are no consequences; what is to be done waits for its turn all the same. */
        public void refuse(Runnable afterwards) {
            fill(List.of(), List.of(), afterwards);
        }

        private boolean empty() {
            return changes.isEmpty() && events.isEmpty();
        }

        private void finish() {
            if (then != null) {
                then.run();
            }
        }
    }

    /** Reserves the last place. */
    public Place reserve() {
        Place place = new Place();
        undecided.add(place);
        return place;
    }

    /** These are the consequences of something that had no place; memory has them from now on, and the store before what is still undecided. */
    public void add(List<? extends Change> changes, List<? extends SessionEvent> events, Runnable then) {
        Place place = new Place();
        place.fill(changes, events, then);
        decided.add(place);
    }

    /** Changes after which there is nothing to do. */
    public void add(List<? extends Change> changes, List<? extends SessionEvent> events) {
        if (!changes.isEmpty() || !events.isEmpty()) {
            add(changes, events, () -> {});
        }
    }

    public boolean full() {
        return size() >= FULL;
    }

    /** Places that are not on their way to the store. */
    public int size() {
        return decided.size() + undecided.size();
    }

    /** Sends the next unit on its way, unless one is. What needs no storing is done at once, when its turn has come. */
    public void flush() {
        while (!storing && !decided.isEmpty()) {
            if (decided.element().empty()) {
                decided.remove().finish();
            } else {
                store();
            }
        }
    }

    /**
     * Forgets everything: the session is loaded anew.
     *
     * @return completes when the unit that is with the host has been decided: what is read before that may be older than
     *     what the store will have
     */
    public CompletableFuture<Void> reset() {
        generation++;
        storing = false;
        decided.clear();
        undecided.clear();
        state.reset();
        return underWay;
    }

    private void store() {
        List<Place> unit = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        List<SessionEvent> events = new ArrayList<>();
        while (unit.size() < UNIT && !decided.isEmpty()) {
            Place place = decided.remove();
            unit.add(place);
            changes.addAll(place.changes);
            events.addAll(place.events);
        }
        storing = true;
        long mine = generation;
        long begun = System.nanoTime();
        CompletableFuture<Void> settled = new CompletableFuture<>();
        underWay = settled;
        var _ = commit(changes, events).whenComplete((done, failure) -> {
            shared.metrics().committed(System.nanoTime() - begun, failure == null);
            settled.complete(null);
            owner.execute(() -> {
                if (mine == generation) {
                    finish(unit, changes, failure);
                }
            });
        });
    }

    /** A host that throws has stored nothing. */
    private CompletionStage<Void> commit(List<Change> changes, List<SessionEvent> events) {
        try {
            return sink.store(instance, epoch, changes, events);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finish(List<Place> unit, List<Change> changes, @Nullable Throwable failure) {
        if (failure != null) {
            failed.accept(failure);
            return;
        }
        state.committed(changes);
        storing = false;
        unit.forEach(Place::finish);
        stored.run();
        flush();
    }
}
