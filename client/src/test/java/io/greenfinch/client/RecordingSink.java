package io.greenfinch.client;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A host that stores everything and remembers what it was told. Commits can be held back or made to fail. */
final class RecordingSink implements EventSink {

    private final SessionStore<?> store;

    /** The events of each stored unit but changes of status. */
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    final List<SessionStatus> statuses = new CopyOnWriteArrayList<>();

    /** The changes of each unit that has any. */
    final List<List<Change>> units = new CopyOnWriteArrayList<>();

    /** All events of each unit that has changes. */
    final List<List<SessionEvent>> eventsOfUnits = new CopyOnWriteArrayList<>();

    private volatile Consumer<SessionStatus> listener = status -> {};
    private volatile Predicate<SessionEvent> refused = event -> false;
    private volatile Supplier<CompletableFuture<Void>> gates = () -> CompletableFuture.completedFuture(null);

    RecordingSink(SessionStore<?> store) {
        this.store = store;
    }

    /** Units with changes wait from now on until the returned future completes; one that completes exceptionally fails them. */
    CompletableFuture<Void> hold() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        gates = () -> held;
        return held;
    }

    /** Each unit with changes takes so long to be stored from now on. */
    void slow(Timers timers, Clock clock, Duration wait) {
        gates = () -> {
            CompletableFuture<Void> open = new CompletableFuture<>();
            timers.at(clock.instant().plus(wait), () -> open.complete(null));
            return open;
        };
    }

    /** Units that tell such a thing can't be stored from now on. */
    void refuse(Predicate<SessionEvent> what) {
        refused = what;
    }

    void letPass() {
        gates = () -> CompletableFuture.completedFuture(null);
    }

    /** Runs with every status from now on, on the session's thread, when it is handed over. */
    void whenTold(Consumer<SessionStatus> told) {
        listener = told;
    }

    @Override
    public CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> told) {
        if (told.stream().anyMatch(refused)) {
            return CompletableFuture.failedFuture(new IllegalStateException("refused"));
        }
        if (!changes.isEmpty()) {
            eventsOfUnits.add(told);
            units.add(changes);
        }
        List<SessionEvent> others = new ArrayList<>();
        for (SessionEvent event : told) {
            if (event instanceof SessionEvent.StatusChanged changed) {
                statuses.add(changed.status());
                listener.accept(changed.status());
            } else {
                others.add(event);
            }
        }
        return (changes.isEmpty() ? CompletableFuture.<Void>completedFuture(null) : gates.get())
                .thenCompose(open -> store.commit(instance, epoch, changes, List.of()))
                .thenRun(() -> events.addAll(others));
    }
}
