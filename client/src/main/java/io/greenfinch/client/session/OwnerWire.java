package io.greenfinch.client.session;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.time.Deadline;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The way of callers' threads to the session's own thread and back. */
final class OwnerWire implements Wire {

    private final ClientContext shared;
    private final Owner owner;
    private final Requests requests;
    private final StatusBoard board;
    private final Lifecycle lifecycle;
    private final CompletableFuture<Boolean> over;

    /**
     * A wire.
     *
     * @param over completes, with false, when the session has ended
     */
    OwnerWire(
            ClientContext shared,
            Owner owner,
            Requests requests,
            StatusBoard board,
            Lifecycle lifecycle,
            CompletableFuture<Boolean> over) {
        this.shared = shared;
        this.owner = owner;
        this.requests = requests;
        this.board = board;
        this.lifecycle = lifecycle;
        this.over = over;
    }

    @Override
    public void send(Request request) {
        boolean taken = owner.offer(() -> {
            lifecycle.reconnecting().wanted(request.deadline());
            requests.submit(request);
        });
        if (!taken) {
            request.complete(new Answer.NotSent());
        }
    }

    @Override
    public boolean awaitOnline(Instant deadline) {
        if (board.status().online()) {
            return true;
        }
        CompletableFuture<Boolean> online = new CompletableFuture<>();
        if (!owner.offer(() -> whenOnline(online, deadline))) {
            return false;
        }
        boolean known = Deadline.await(online, deadline, shared.timers(), false);
        online.complete(known);
        return known;
    }

    @Override
    public boolean await(CompletableFuture<Boolean> event, Instant until) {
        return Deadline.await(event, until, shared.timers(), false);
    }

    @Override
    public boolean pause(CompletableFuture<Boolean> event, Instant until) {
        CompletableFuture<Object> either = CompletableFuture.anyOf(event, over);
        try {
            Deadline.await(either, until, shared.timers(), false);
            return event.isDone();
        } finally {
            either.complete(false); // so that the session's end need not remember it
        }
    }

    @Override
    public Clock clock() {
        return shared.clock();
    }

    @Override
    public RandomGenerator random() {
        return shared.random();
    }

    private void whenOnline(CompletableFuture<Boolean> online, Instant deadline) {
        lifecycle.reconnecting().wanted(deadline);
        lifecycle.whenOnline(online);
    }
}
