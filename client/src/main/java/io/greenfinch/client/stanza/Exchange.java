package io.greenfinch.client.stanza;

import java.util.function.LongSupplier;

/**
 * Looks on while a request is sent and answered. Both methods run on the session's own thread, in the order of the
 * stream: whatever the server sent before the answer has been dealt with, what it sends later has not. They return at
 * once.
 */
public interface Exchange {

    /** Nobody looks on. */
    Exchange UNOBSERVED = new Exchange() {};

    /** Takes an answer together with the moment its question was sent. */
    interface Dated {
        void answered(Answer answer, long asked);
    }

    /** Notes the moment at which the request is sent, by a clock of the caller's choice. */
    static Exchange dated(LongSupplier moments, Dated observer) {
        return new Exchange() {
            private long asked;

            @Override
            public void sent() {
                asked = moments.getAsLong();
            }

            @Override
            public void answered(Answer answer) {
                observer.answered(answer, asked);
            }
        };
    }

    /** The request is about to be written. */
    default void sent() {}

    /** This is the answer the caller will get. */
    default void answered(Answer answer) {}
}
