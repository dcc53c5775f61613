package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Link;
import io.greenfinch.client.connection.ReconnectPlan;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.pairing.AwaitedCode;
import io.greenfinch.client.stanza.Disconnects;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands and what comes next: linking, logging in, staying online, coming back, being unlinked
 * (specification §9, design 4.3). Belongs to the session's thread.
 */
final class Lifecycle implements Link.Listener {

    /** A server that does not end the pairing connection by 515 does not keep us waiting (specification §28). */
    private static final Duration WITHOUT_515 = Duration.ofSeconds(3);

    private final ClientContext shared;
    private final SessionParts parts;
    private final Requests requests;
    private final StatusBoard board;
    private final Link link;
    private final Unlink unlinking;
    private final ReconnectPlan reconnecting;
    private final OnlineWaiters waiters = new OnlineWaiters();
    private final Keyring keyring;
    private final PairingAttempts linking;
    private @Nullable Login login;
    private boolean started;
    private boolean wasOnline;
    private boolean loading;
    private boolean justPaired;
    private boolean closed;

    Lifecycle(ClientContext shared, SessionParts parts) {
        this.shared = shared;
        this.parts = parts;
        this.requests = parts.requests();
        this.board = parts.board();
        this.keyring = parts.keyring();
        link = new Link(shared, parts.owner(), this, requests::awaitedSince);
        requests.whenAwaited(link::awaited);
        linking = new PairingAttempts(shared, parts, link, this::linked);
        unlinking = new Unlink(shared, parts);
        reconnecting = new ReconnectPlan(shared, link, this::connect);
        requests.linked(keyring.linked());
    }

    Link link() {
        return link;
    }

    void start() {
        started = true;
        connect();
    }

    /** The attempt to be linked, if there is one; for questions that begin none. */
    PairingAttempts linking() {
        return linking;
    }

    void pairingCode(Optional<PairingCode.Code> seen, CompletableFuture<PairingCode> answer) {
        unlinking.afterwards(() -> noLinking().ifPresentOrElse(answer::complete, () -> linking.ask(seen, answer)));
    }

    void phoneCode(String number, AwaitedCode answer) {
        unlinking.afterwards(() -> noLinking()
                .ifPresentOrElse(why -> answer.complete(PhoneCode.like(why)), () -> linking.askPhone(number, answer)));
    }

    /** Why nobody can be linked now; empty when somebody can. */
    private Optional<PairingCode> noLinking() {
        if (closed || loading) {
            return Optional.of(
                    new PairingCode.Unavailable(closed ? DisconnectCause.CLOSED_BY_US : DisconnectCause.STORE));
        }
        return keyring.linked() ? Optional.of(new PairingCode.AlreadyLinked()) : Optional.empty();
    }

    ReconnectPlan reconnecting() {
        return reconnecting;
    }

    void whenOnline(CompletableFuture<Boolean> answer) {
        waiters.add(answer, board.status().online(), keyring.linked() && !closed);
    }

    void logout(CompletableFuture<LogoutOutcome> outcome, Instant deadline) {
        Credentials own = keyring.find();
        if (own == null) {
            linking.abandon();
            outcome.complete(LogoutOutcome.NOT_LINKED);
        } else {
            unlinking.ask(own.account(), outcome, deadline, () -> {
                if (keyring.linked()) {
                    disconnect(DisconnectCause.UNLINKED, Optional.empty());
                }
            });
        }
    }

    void reconnect() {
        linking.abandon();
        if (keyring.linked() && started) {
            drop();
            away(DisconnectCause.CLOSED_BY_US, Optional.empty());
            reconnecting.reset();
            connect();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean connected = link.connected();
        linking.end(new PairingCode.Unavailable(DisconnectCause.CLOSED_BY_US));
        drop();
        requests.close();
        waiters.answer(false);
        unlinking.close();
        board.closed(connected);
    }

    /** What is in memory is worth nothing any more. Until {@link #loaded} nothing is begun. */
    void discard(DisconnectCause cause) {
        shared.metrics().discarded(cause);
        loading = true;
        board.withhold();
        linking.end(new PairingCode.Unavailable(cause));
        unlinking.discard();
        drop();
        if (keyring.linked()) {
            away(cause, Optional.empty());
        } else {
            board.lost(Phase.UNLINKED, cause, Optional.empty());
        }
    }

    /** Somebody else owns the instance from now on. */
    void superseded() {
        discard(DisconnectCause.OWNER_CHANGED);
        board.lost(Phase.CLOSED, DisconnectCause.OWNER_CHANGED, Optional.empty());
    }

    /** The state was loaded anew. */
    void loaded(@Nullable Credentials stored) {
        loading = false;
        keyring.set(stored);
        requests.linked(stored != null);
        if (stored != null) {
            board.linked(board.status().phase() == Phase.REFUSED ? Phase.REFUSED : goingOnline(), stored.account());
            reconnecting.again(false);
        }
        parts.intake().add(List.of(), List.of(board.present()));
    }

    private void connect() {
        Credentials own = keyring.find();
        if (own == null || !started || loading || closed || link.connected()) {
            return;
        }
        link.connect(own.device().noise(), own.login(shared.settings().version()), own.route());
    }

    @Override
    public void received(Node stanza) {
        if (linking.underWay()) {
            linking.received(stanza);
            return;
        }
        switch (stanza.tag()) {
            case "success" -> success(stanza);
            case "failure", "stream:error", "xmlstreamend" -> {
                Disconnects.End end = Disconnects.of(stanza, shared.clock().instant());
                disconnect(end.cause(), end.until());
            }
            default -> {
                if (login != null) {
                    login.received(stanza);
                }
            }
        }
    }

    @Override
    public void unreadable(MalformedStanzaException failure) {
        if (login != null) {
            login.unreadable(failure);
        }
    }

    @Override
    public void route(Route changed) {
        if (!linking.underWay()) {
            keyring.store(changed);
        }
    }

    @Override
    public void ended(DisconnectCause cause) {
        if (linking.underWay()) {
            linking.ended(cause);
        } else {
            disconnect(cause, Optional.empty());
        }
    }

    private void success(Node success) {
        if (!keyring.linked() || login != null) {
            return;
        }
        Login present = new Login(parts, link.line(), this::online, this::doubt);
        login = present;
        link.established(present::ping);
        present.begin(success);
    }

    private void online() {
        reconnecting.online();
        wasOnline = true;
        board.phase(Phase.ONLINE);
        if (login != null) {
            login.online();
        }
        waiters.answer(true);
    }

    /** A list of devices without us is no proof; the next login is. */
    private void doubt() {
        if (login != null) {
            disconnect(DisconnectCause.CLOSED_BY_US, Optional.empty());
        }
    }

    /** Somebody is linked, and it is stored; the connection over which it came is as good as over. */
    private void linked(Account account) {
        started = true;
        wasOnline = false;
        justPaired = true;
        requests.linked(true);
        board.linked(Phase.CONNECTING, account);
        linking.end(new PairingCode.AlreadyLinked());
        Duration patience = link.connected() ? WITHOUT_515 : Duration.ZERO;
        link.later(patience, () -> disconnect(DisconnectCause.SERVER_RESTART, Optional.empty()));
    }

    /** A connection of a linked companion is over: what next? Who is told of it can count on the next step. */
    private void disconnect(DisconnectCause cause, Optional<Instant> until) {
        shared.metrics().disconnected(cause);
        drop();
        switch (cause) {
            case UNLINKED -> {
                keyring.set(null);
                wasOnline = false;
                unlinking.delete();
                waiters.answer(false);
            }
            case BLOCKED -> board.lost(Phase.REFUSED, cause, until);
            case REPLACED, CLIENT_OUTDATED, LOGIN_REFUSED, SUSPENDED -> {
                reconnecting.afterRefusal(cause, until);
                board.lost(Phase.REFUSED, cause, until);
            }
            default -> {
                reconnecting.again(justPaired);
                justPaired = false;
                away(cause, until);
            }
        }
    }

    /** The connection is gone. What WhatsApp refused us for stays in view until it says something else. */
    private void away(DisconnectCause cause, Optional<Instant> until) {
        if (board.status().phase() != Phase.REFUSED) {
            board.lost(goingOnline(), cause, until);
        }
    }

    private Phase goingOnline() {
        return wasOnline ? Phase.RECONNECTING : Phase.CONNECTING;
    }

    private void drop() {
        link.end();
        if (login != null) {
            login.end();
            login = null;
        }
        requests.offline();
        reconnecting.lost();
    }
}
