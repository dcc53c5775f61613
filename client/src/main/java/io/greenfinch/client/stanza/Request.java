package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.function.LongSupplier;

/** A stanza that wants an answer, on its way. Belongs to the session's thread, but for {@link #isSent}. */
public final class Request {

    private final Node stanza;
    private final Instant deadline;
    private final Observer observer;
    private volatile boolean sent;
    private boolean complete;

    /**
     * Looks on while a request is sent and answered, on the session's own thread and in the order of the stream: whatever the
     * server sent before the answer has been dealt with, what it sends later has not. Returns at once.
     */
    public interface Observer {

        /** The request is about to be written. */
        default void sent() {}

        /** This is the answer; there is exactly one. */
        void answered(Answer answer);
    }

    /** Takes an answer together with the moment its question was sent. */
    public interface Dated {
        void answered(Answer answer, long asked);
    }

    /**
     * A request not yet sent.
     *
     * @param stanza without an id, or with one of the caller's choice
     * @param deadline when the answer is no longer of use
     */
    public Request(Node stanza, Instant deadline, Observer observer) {
        this.stanza = stanza;
        this.deadline = deadline;
        this.observer = observer;
    }

    /** Notes the moment at which the request is sent, by a clock of the caller's choice. */
    public static Request dated(Node stanza, Instant deadline, LongSupplier moments, Dated dated) {
        return new Request(stanza, deadline, new Observer() {
            private long asked;

            @Override
            public void sent() {
                asked = moments.getAsLong();
            }

            @Override
            public void answered(Answer answer) {
                dated.answered(answer, asked);
            }
        });
    }

    /** Whether it went out. From any thread. */
    public boolean isSent() {
        return sent;
    }

    public Node stanza() {
        return stanza;
    }

    public Instant deadline() {
        return deadline;
    }

    /**
     * It is about to be written.
     *
     * @throws io.greenfinch.client.store.MissingStateException when the observer needs state that has to be read; then nothing
     *     has happened
     */
    public void send() {
        observer.sent();
        sent = true;
    }

    /** This is its answer, if it has none yet. Throws as {@link #send}. */
    public void complete(Answer answer) {
        if (!complete) {
            observer.answered(answer);
            complete = true;
        }
    }
}
