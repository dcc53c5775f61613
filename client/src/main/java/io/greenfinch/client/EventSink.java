package io.greenfinch.client;

import io.greenfinch.client.store.Change;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The host's side of "store, then acknowledge" (design 4.1). A session decodes stanzas into changes and events and hands
 * both over; the host adds what it keeps itself and commits everything at once. Only when the returned stage completes
 * normally does the session acknowledge the stanzas, and only then may the host publish the events.
 *
 * <p>Called from the session's own thread, one unit after the other; must not block.
 */
public interface EventSink {

    /**
     * Stores a unit.
     *
     * @return completes when the unit is durable; exceptionally when nothing of it was stored, upon which the session is
     *     discarded and loaded anew
     */
    CompletionStage<Void> store(long instance, long epoch, List<Change> changes, List<SessionEvent> events);

    /** Told after every change of {@link Session#status()}; must not block. */
    void statusChanged(long instance, SessionStatus status);
}
