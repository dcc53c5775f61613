package io.greenfinch.client.session;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.StanzaErrors;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StaleEpochException;
import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when the memory of a session is worth nothing any more: it is forgotten, and loaded anew. Belongs to the session's
 * thread.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private static final Duration RELOAD_PAUSE = Duration.ofSeconds(2);

    private final ClientContext shared;
    private final long instance;
    private final SessionStore<?> store;
    private final CompletableFuture<Boolean> over;
    private final Supplier<Parts> parts;

    /** Whether a unit was stored since the state was last loaded anew. */
    private boolean storable = true;

    /** How often the memory was forgotten: what was read for an earlier time is not loaded. */
    private long discards;

    /**
     * What is concerned.
     *
     * @param owner runs a step on the session's thread
     * @param forget empties the memory; completes when nothing is with the store any more: what is read before may be older than it
     * @param load takes what was read
     * @param close ends the session
     */
    record Parts(
            Executor owner,
            Lifecycle lifecycle,
            Wire wire,
            Supplier<CompletableFuture<Void>> forget,
            Consumer<LoadedState> load,
            Runnable close) {}

    /**
     * Nothing to recover from.
     *
     * @param over done when the session is closed
     * @param parts asked for when there is
     */
    Recovery(
            ClientContext shared,
            long instance,
            SessionStore<?> store,
            CompletableFuture<Boolean> over,
            Supplier<Parts> parts) {
        this.shared = shared;
        this.instance = instance;
        this.store = store;
        this.over = over;
        this.parts = parts;
    }

    /** A unit was stored. */
    void stored() {
        storable = true;
    }

    void stepFailed(Throwable e) {
        log.error("A step of session {} failed; it is loaded anew: {}", instance, StanzaErrors.withoutContent(e));
        discard(DisconnectCause.PROTOCOL);
    }

    void storeFailed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof StaleEpochException) {
            log.error("Session {} ends: {}", instance, cause.getMessage());
            Parts all = parts.get();
            var _ = all.forget().get();
            all.lifecycle().superseded();
            Thread.startVirtualThread(all.close());
        } else {
            log.error("The state of session {} could not be stored; it is loaded anew", instance, cause);
            discard(DisconnectCause.STORE);
        }
    }

    private void discard(DisconnectCause cause) {
        Parts all = parts.get();
        CompletableFuture<Void> decided = all.forget().get();
        all.lifecycle().discard(cause);
        boolean again = !storable;
        storable = false;
        long mine = ++discards;
        var _ = decided.thenRun(
                () -> Thread.ofVirtual().name("session-load-" + instance).start(() -> reload(all, again, mine)));
    }

    /** Loads the state anew; after a pause when the last time was for nothing. */
    private void reload(Parts all, boolean again, long mine) {
        if (again) {
            rest(all);
        }
        while (!over.isDone()) {
            try {
                LoadedState loaded = LoadedState.of(store, instance);
                all.owner().execute(() -> {
                    if (mine != discards) {
                        return; // another one is under way
                    }
                    all.load().accept(loaded);
                    all.lifecycle().loaded(loaded.credentials());
                });
                return;
            } catch (StoreException e) {
                log.error("The state of session {} can't be loaded; trying again", instance, e);
                rest(all);
            }
        }
    }

    private void rest(Parts all) {
        all.wire().pause(new CompletableFuture<>(), shared.clock().instant().plus(RELOAD_PAUSE));
    }
}
