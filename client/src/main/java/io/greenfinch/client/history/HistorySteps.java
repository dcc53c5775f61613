package io.greenfinch.client.history;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.PendingState;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.MissingStateException;
import io.greenfinch.client.store.StateKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps on the session's thread, each of which stores a little of a history together with how far it is read: so nothing is lost,
 * told twice, or half done. Thread-safe.
 */
record HistorySteps(MessageContext context, Wire wire) {

    private static final Logger log = LoggerFactory.getLogger(HistorySteps.class);

    /** A store that takes longer is asked later how far it is. */
    private static final Duration TO_STORE = Duration.ofMinutes(2);

    /**
     * Goes on from one position to the next. Blocks until that is stored.
     *
     * @param from where the part must be; when it is somewhere else nothing is done
     * @param needs what the change is known to need
     * @param change sets the next position, too; returns what is told of it
     * @return false when it was not done, or when that is not known
     */
    boolean advance(
            String chunk,
            HistoryPosition from,
            Collection<StateKey> needs,
            Function<PendingState, List<SessionEvent>> change) {
        StateKey position = HistoryPosition.key(chunk);
        Set<StateKey> all = new HashSet<>(needs);
        all.add(position);
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        context.owner()
                .execute(() -> context.steps().run(all, () -> {
                    try {
                        PendingState state = new PendingState(context.state());
                        boolean there = context.keyring().linked()
                                && state.find(position)
                                        .flatMap(HistoryPosition::ofStored)
                                        .equals(Optional.of(from));
                        if (!there) {
                            stored.complete(false);
                            return;
                        }
                        List<SessionEvent> events = change.apply(state);
                        context.intake().add(state.changes(), events, () -> stored.complete(true));
                    } catch (MissingStateException missing) {
                        throw missing;
                    } catch (RuntimeException e) {
                        log.error(
                                "A step of session {} failed: {}",
                                context.instance(),
                                e.getClass().getName());
                        stored.complete(false);
                    }
                }));
        return wire.pause(stored, wire.clock().instant().plus(TO_STORE)) && stored.join();
    }
}
