package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The end of a link: asked for by us (specification §9.5), or told by the server. Credentials go only when the server has
 * confirmed it, in whatever way. Belongs to the session's thread.
 */
public final class Unlink {

    /** Everything of an account goes, before there is another. */
    public static final List<Change> CLEARED =
            Arrays.stream(StateKind.values()).<Change>map(Change.Clear::new).toList();

    /** Intents that can't be forgotten now are tried again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final ClientContext shared;
    private final SessionParts parts;
    private final List<CompletableFuture<LogoutOutcome>> waiting = new ArrayList<>(0);
    private final List<Runnable> following = new ArrayList<>(0);
    private boolean deleting;
    private volatile boolean closed;

    Unlink(ClientContext shared, SessionParts parts) {
        this.shared = shared;
        this.parts = parts;
    }

    /**
     * Asks the server to remove this device.
     *
     * @param outcome completes when the credentials are gone, or when the server refuses; else not at all
     * @param confirmed runs when the server says that it has removed us
     */
    void ask(Account account, CompletableFuture<LogoutOutcome> outcome, Instant deadline, Runnable confirmed) {
        waiting.removeIf(CompletableFuture::isDone);
        waiting.add(outcome);
        Node removal = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "md")
                .child(Node.element("remove-companion-device")
                        .attribute("jid", account.pn())
                        .attribute("reason", "user_initiated"))
                .build();
        parts.requests().submit(new Request(removal, deadline, answer -> {
            if (answer instanceof Answer.Result) {
                confirmed.run();
            } else if (answer instanceof Answer.Refused) {
                outcome.complete(LogoutOutcome.UNKNOWN);
            }
        }));
    }

    /**
     * Deletes everything of the account. Its intents go first: should the process die in between, the next login is
     * refused again and we come back here, whereas intents left behind would one day be taken for those of another
     * account.
     */
    void delete() {
        parts.book().load(null, Set.of(), Set.of());
        parts.sync().reset();
        parts.devices().clear();
        parts.readReceipts().changed();
        parts.requests().linked(false);
        parts.board().withhold();
        parts.board().unlinked(DisconnectCause.UNLINKED);
        SessionEvent event = new SessionEvent.Unlinked(shared.wall().instant(), DisconnectCause.UNLINKED);
        deleting = true;
        forgetIntents(event);
    }

    private void forgetIntents(SessionEvent event) {
        var _ = parts.forgetIntents().whenComplete((done, failure) -> {
            if (failure == null) {
                parts.owner().execute(() -> clear(event));
            } else if (!closed) {
                shared.timers().at(shared.clock().instant().plus(AGAIN), () -> forgetIntents(event));
            }
        });
    }

    private void clear(SessionEvent event) {
        // In its turn: nothing that was decided before may be stored after it.
        parts.steps()
                .run(
                        List.of(),
                        () -> parts.intake()
                                .add(CLEARED, List.of(event, parts.board().present()), this::deleted));
    }

    /**
     * Runs at once, or where an account is being deleted after that: what is left of one is not taken for another's, and nothing of another
     * goes with it.
     */
    void afterwards(Runnable next) {
        if (deleting) {
            following.add(next);
        } else {
            next.run();
        }
    }

    /** The memory is void: whether the account is deleted shows when it is loaded anew. */
    void discard() {
        goOn();
    }

    /** Nobody will learn the outcome any more. */
    void close() {
        closed = true;
        waiting.forEach(each -> each.complete(LogoutOutcome.UNKNOWN));
        goOn();
    }

    private void deleted() {
        waiting.forEach(each -> each.complete(LogoutOutcome.UNLINKED));
        waiting.clear();
        goOn();
    }

    private void goOn() {
        deleting = false;
        List<Runnable> next = List.copyOf(following);
        following.clear();
        next.forEach(Runnable::run);
    }
}
