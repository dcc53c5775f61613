package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.pairing.AwaitedCode;
import io.greenfinch.client.pairing.Pairing;
import io.greenfinch.client.pairing.PasskeyPairing;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from no account to one: at most one attempt to be linked at a time, until a phone accepts us or nobody is
 * interested any more (specification §7, §8). Belongs to the session's thread.
 */
final class PairingAttempts implements Pairing.Listener {

    private final ClientContext shared;
    private final SessionParts parts;
    private final Link link;
    private final Consumer<Account> linked;
    private @Nullable Pairing attempt;

    /**
     * No attempt yet.
     *
     * @param linked runs when an account is linked and that is stored; has to {@link #end} the attempt
     */
    PairingAttempts(ClientContext shared, SessionParts parts, Link link, Consumer<Account> linked) {
        this.shared = shared;
        this.parts = parts;
        this.link = link;
        this.linked = linked;
    }

    boolean underWay() {
        return attempt != null;
    }

    /** Somebody wants to see a QR code. */
    void ask(Optional<PairingCode.Code> seen, CompletableFuture<PairingCode> answer) {
        attempt().ask(seen, answer);
    }

    /** Somebody wants a code to type on the phone with this number. */
    void askPhone(String number, AwaitedCode answer) {
        attempt().askPhone(number, answer);
    }

    /** The part of the attempt that goes by a passkey; empty while none is under way. */
    Optional<PasskeyPairing> passkey() {
        return Optional.ofNullable(attempt).map(Pairing::passkey);
    }

    /** The attempt that is under way, or a new one. */
    private Pairing attempt() {
        Pairing present = attempt;
        if (present == null) {
            present = new Pairing(shared, parts.owner(), link, parts.requests(), this);
            attempt = present;
            parts.board().phase(Phase.PAIRING);
            present.begin();
        }
        return present;
    }

    void received(Node stanza) {
        if (attempt != null) {
            attempt.received(stanza);
        }
    }

    /** The connection is over. */
    void ended(DisconnectCause cause) {
        if (attempt != null) {
            shared.metrics().disconnected(cause);
            parts.board().lost(Phase.PAIRING, cause, Optional.empty());
            attempt.ended(cause);
        }
    }

    /** Somebody wants to begin anew. */
    void abandon() {
        if (attempt != null) {
            attempt.abandon();
        }
    }

    /** Ends the attempt, if there is one; whoever waits for it gets this answer. */
    void end(PairingCode answer) {
        if (attempt != null) {
            attempt.finish(answer);
            attempt = null;
        }
    }

    @Override
    public void paired(Credentials accepted, Runnable confirm) {
        List<Change> changes = new ArrayList<>(Unlink.CLEARED);
        changes.add(accepted.put());
        Account account = accepted.account();
        SessionEvent event = new SessionEvent.Linked(shared.wall().instant(), account);
        SessionEvent status = parts.board().linking(Phase.CONNECTING, account);
        parts.intake().add(changes, List.of(event, status), () -> {
            confirm.run();
            parts.keyring().set(accepted);
            parts.book().account(account);
            parts.devices().clear();
            parts.readReceipts().changed();
            linked.accept(account);
        });
    }

    @Override
    public void passkeyRequired(boolean now) {
        parts.board().phase(now ? Phase.PASSKEY_REQUIRED : Phase.PAIRING);
    }

    @Override
    public void over(DisconnectCause cause) {
        link.end();
        parts.board().unlinked(cause);
        end(new PairingCode.Unavailable(cause));
    }
}
