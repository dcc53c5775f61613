package io.greenfinch.client;

/**
 * What a host may want to count of the engine's inner life. Called from many threads, on the way of stanzas: implementations
 * are thread-safe and return at once. Nothing in it tells of whom or of what.
 */
public interface ClientMetrics {

    /** Counts nothing. */
    ClientMetrics NONE = new ClientMetrics() {};

    /** The host took so long to decide about a unit of changes and events. */
    default void committed(long nanos, boolean durable) {}

    /** A session's memory was given up, to be loaded anew. */
    default void discarded(DisconnectCause cause) {}

    /** A stanza was refused with this error (specification §15.4). */
    default void nacked(int error) {}

    /** A message could not be read (specification §15.3). */
    default void unreadable() {}

    /** A part of a phone's history was read to its end, or nothing more of it will be. */
    default void historyRead(boolean whole) {}

    /** A connection has ended, or could not be made. */
    default void disconnected(DisconnectCause cause) {}
}
