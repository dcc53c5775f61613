package io.greenfinch.client;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A host that stores everything and remembers what it was told. Commits can be held back or made to fail. */
final class RecordingSink implements EventSink {

    private final SessionStore store;
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    final List<SessionStatus> statuses = new CopyOnWriteArrayList<>();
    final List<List<Change>> units = new CopyOnWriteArrayList<>();
    private volatile Consumer<SessionStatus> listener = status -> {};
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    RecordingSink(SessionStore store) {
        this.store = store;
    }

    /** Commits wait from now on until the returned future completes; one that completes exceptionally fails them. */
    CompletableFuture<Void> hold() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        gate = held;
        return held;
    }

    void letPass() {
        gate = CompletableFuture.completedFuture(null);
    }

    /** Runs with every status from now on, on the session's thread, before anything else happens there. */
    void whenTold(Consumer<SessionStatus> told) {
        listener = told;
    }

    @Override
    public CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> told) {
        units.add(changes);
        return gate.thenCompose(open -> store.commit(instance, epoch, changes)).thenRun(() -> events.addAll(told));
    }

    @Override
    public void statusChanged(long instance, SessionStatus status) {
        statuses.add(status);
        listener.accept(status);
    }
}
