package io.greenfinch.client;

import io.greenfinch.client.store.Change;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The host's side of "store, then acknowledge" (design 4.1). A session decodes stanzas into changes and events and hands
 * both over; the host turns events into rows of its own and commits everything at once. Only when the returned stage
 * completes normally does the session acknowledge the stanzas, and only then may the host publish the events: after the
 * commit, in the order of the events, and off the store's writing thread, which must not wait for who listens.
 *
 * <p>A change of {@link AccountLink#status()} is an event like any other, in the same unit as the changes of state that cause
 * it. It is lost with its unit when the session is closed or has a newer owner; when the state is loaded anew, the status
 * of that moment is told again.
 */
@FunctionalInterface
public interface EventSink {

    /**
     * Stores a unit. Called from the session's own thread, one unit after the other; must not block. A store that is slow
     * or in trouble takes its time: the session waits.
     *
     * @return completes when the unit is durable; exceptionally when nothing of it was stored, upon which the session is
     *     discarded and loaded anew
     */
    CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> events);
}
