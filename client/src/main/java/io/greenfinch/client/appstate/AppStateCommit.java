package io.greenfinch.client.appstate;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.appstate.AccountAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Stores what a thread of its own has found out about the app state, by a step of the session, and waits for it. */
final class AppStateCommit {

    private final AppStateContext context;
    private final AppStateBook book;
    private final Wire wire;
    private final int link;

    /** Stores what belongs to the link that the session has now. */
    AppStateCommit(AppStateContext context, AppStateBook book, Wire wire) {
        this.context = context;
        this.book = book;
        this.wire = wire;
        this.link = book.link();
    }

    /**
     * Stores changes with their events.
     *
     * @param last changes that are made only where the condition holds when the step is done
     * @return false when they were not stored before the deadline; they may be later
     */
    boolean store(
            List<Change> changes,
            List<SessionEvent> events,
            BooleanSupplier condition,
            List<Change> last,
            Instant deadline) {
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        context.owner()
                .execute(() -> context.steps().run(List.of(), () -> {
                    if (!context.keyring().linked() || book.link() != link) {
                        stored.complete(false);
                        return;
                    }
                    List<Change> all = new ArrayList<>(changes);
                    events.forEach(event -> named(event, all));
                    if (condition.getAsBoolean()) {
                        all.addAll(last);
                    }
                    context.intake().add(all, events, () -> stored.complete(true));
                }));
        return wire.await(stored, deadline) && stored.join();
    }

    /** The account's own name goes where the session has it at hand. */
    private void named(SessionEvent event, List<Change> changes) {
        if (event instanceof SessionEvent.AppStateChanged told) {
            for (AccountAction action : told.actions()) {
                if (action instanceof AccountAction.PushName(String name)) {
                    Credentials changed = context.keyring().get().withPushName(name);
                    context.keyring().change(changed);
                    changes.add(changed.put());
                    context.renamed().run();
                }
            }
        }
    }
}
