package io.greenfinch.client.stanza;

/**
 * Looks on while a request is sent and answered. Both methods run on the session's own thread, in the order of the
 * stream: whatever the server sent before the answer has been dealt with, what it sends later has not. They return at
 * once.
 */
public interface Exchange {

    /** Nobody looks on. */
    Exchange UNOBSERVED = new Exchange() {};

    /** The request is about to be written. */
    default void sent() {}

    /** This is the answer the caller will get. */
    default void answered(Answer answer) {}
}
