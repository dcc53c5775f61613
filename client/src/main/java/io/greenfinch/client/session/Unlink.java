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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The end of a link: asked for by us (specification §9.5), or told by the server. Credentials go only when the server has
 * confirmed it, in whatever way. Belongs to the session's thread.
 */
public final class Unlink {

    /** Everything of an account goes, before there is another. */
    public static final List<Change> CLEARED =
            Arrays.stream(StateKind.values()).<Change>map(Change.Clear::new).toList();

    private final ClientContext shared;
    private final SessionParts parts;
    private final List<CompletableFuture<LogoutOutcome>> waiting = new ArrayList<>(0);

    /** That a link has ended, while that is not decided yet. */
    private @Nullable SessionEvent undecided;

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
        undecided = event;
        var _ = parts.forgetIntents().thenRun(() -> parts.owner().execute(() -> clear(event)));
    }

    private void clear(SessionEvent event) {
        // In its turn: nothing that was decided before may be stored after it.
        parts.steps().run(List.of(), () -> {
            boolean decided = overtaken().isEmpty();
            parts.intake()
                    .add(
                            decided ? List.of() : CLEARED,
                            decided ? List.of() : List.of(event, parts.board().present()),
                            this::deleted);
        });
    }

    /**
     * Another link is about to be stored, together with {@link #CLEARED}: what belongs before it.
     *
     * @return that the link before has ended, where that is not decided yet; it is from now on
     */
    List<SessionEvent> overtaken() {
        SessionEvent ended = undecided;
        undecided = null;
        return ended == null ? List.of() : List.of(ended);
    }

    /** Nobody will learn the outcome any more. */
    void close() {
        waiting.forEach(each -> each.complete(LogoutOutcome.UNKNOWN));
    }

    private void deleted() {
        waiting.forEach(each -> each.complete(LogoutOutcome.UNLINKED));
        waiting.clear();
    }
}
