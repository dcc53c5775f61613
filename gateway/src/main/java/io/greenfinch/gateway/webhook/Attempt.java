package io.greenfinch.gateway.webhook;

import java.util.concurrent.CompletableFuture;

/** One request to a webhook. Thread-safe. */
interface Attempt {

    /** What came of it. */
    sealed interface Outcome {

        /** The receiver has it. */
        record Taken() implements Outcome {}

        /**
         * It has not, as far as we know.
         *
         * @param cause a word for the metrics
         * @param why for the operator, without address and body
         * @param unheard whether the connection ended without a word, as one that had been idle for too long does
         */
        record Failed(String cause, String why, boolean unheard) implements Outcome {}

        /** Nobody waited for an answer: the receiver may have it. */
        record GivenUp() implements Outcome {}
    }

    /** Completes within the time-out, never exceptionally. */
    CompletableFuture<Outcome> outcome();

    /** Waits no longer. */
    void abort();
}
