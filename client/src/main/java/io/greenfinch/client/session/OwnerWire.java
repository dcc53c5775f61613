package io.greenfinch.client.session;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.time.Deadline;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

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
    public Answer ask(Node request, Instant deadline, Exchange exchange) {
        Request asked = new Request(request, deadline, exchange);
        if (!owner.offer(() -> submit(asked, deadline))) {
            return new Answer.NotSent();
        }
        // The request answers itself at its deadline; the second one is for an owner that is busy or gone.
        Instant late = deadline.plus(Duration.ofSeconds(1));
        return Deadline.await(asked.answer(), late, shared.timers(), new Answer.Unanswered());
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
    public boolean pause(Instant until) {
        return Deadline.await(over, until, shared.timers(), true);
    }

    private void submit(Request asked, Instant deadline) {
        lifecycle.wanted(deadline);
        requests.submit(asked);
    }

    private void whenOnline(CompletableFuture<Boolean> online, Instant deadline) {
        lifecycle.wanted(deadline);
        lifecycle.whenOnline(online);
    }
}
