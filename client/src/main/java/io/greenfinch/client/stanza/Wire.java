package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Instant;

/**
 * How work of several steps, on a thread of its own, talks to the server through the session. Thread-safe. All methods
 * block until there is an answer or the deadline has passed.
 */
public interface Wire {

    /**
     * Sends a request once the session is online and waits for its answer. The request gets its {@code id} here.
     */
    Answer ask(Node request, Instant deadline, Exchange exchange);

    /** Waits until the session is online; false when it was not at the deadline, or can't be any more. */
    boolean awaitOnline(Instant deadline);

    /** Waits until this moment. False at once when the session has ended. */
    boolean pause(Instant until);
}
