package io.greenfinch.client.stanza;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** How work of several steps, on a thread of its own, talks to the server through the session. Thread-safe. */
public interface Wire {

    /** Has a request sent once the session is online. Does not block; the request is answered, always. */
    void send(Request request);

    /** Waits until the session is online; false when it was not at the deadline, or can't be any more. */
    boolean awaitOnline(Instant deadline);

    /** Waits for an event; false when there was none until this moment. */
    boolean await(CompletableFuture<Boolean> event, Instant until);

    /** The same, for no longer than the session lives. */
    boolean pause(CompletableFuture<Boolean> event, Instant until);

    /** What deadlines are read by. */
    Clock clock();

    RandomGenerator random();
}
