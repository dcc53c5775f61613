package io.greenfinch.gateway.http;

import java.util.Optional;

/** Server-sent events to a caller who stays (HTML standard, section 9.2). For one thread. */
public interface EventStream {

    /** What a caller who was here before has seen last, as {@code Last-Event-ID} says. */
    Optional<String> lastId();

    /**
     * Sends an event; blocks until it is written.
     *
     * @param id what the caller names when it comes back
     * @param data text of one line
     * @return false when the caller is gone, or takes too long
     */
    boolean send(String id, String kind, String data);

    /** Tells where the stream stands, for a caller who comes back before there was any event; false as above. */
    boolean stand(String id);

    /** Sends what callers ignore, so that nobody on the way takes the connection for dead; false as above. */
    boolean ping();

    /** Fills a stream, until it returns. */
    @FunctionalInterface
    interface Program {
        void fill(EventStream stream);
    }
}
