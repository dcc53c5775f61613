package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A request on its way. Everything but {@link #answer} belongs to the session's thread. */
public final class Request {

    private final Node iq;
    private final Instant deadline;
    private final Exchange exchange;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /**
     * A request not yet sent.
     *
     * @param iq without an id
     * @param deadline when the answer is no longer of use
     */
    public Request(Node iq, Instant deadline, Exchange exchange) {
        this.iq = iq;
        this.deadline = deadline;
        this.exchange = exchange;
    }

    /** Completes normally, always, and at the deadline at the latest. */
    public CompletableFuture<Answer> answer() {
        return answer;
    }

    Node iq() {
        return iq;
    }

    Instant deadline() {
        return deadline;
    }

    void sent() {
        exchange.sent();
    }

    void complete(Answer outcome) {
        if (!answer.isDone()) {
            exchange.answered(outcome);
            answer.complete(outcome);
        }
    }
}
