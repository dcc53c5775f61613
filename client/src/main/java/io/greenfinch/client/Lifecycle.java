package io.greenfinch.client;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands and what comes next: linking, logging in, staying online, coming back, being unlinked
 * (specification §9, design 4.3). Belongs to the session's thread.
 */
final class Lifecycle implements Link.Listener, Pairing.Listener, Startup.Device {

    /** A server that does not end the pairing connection by 515 does not keep us waiting (specification §28). */
    private static final Duration WITHOUT_515 = Duration.ofSeconds(3);

    /** An online time after which a lost connection counts as the first failure again. */
    private static final Duration STABLE = Duration.ofSeconds(30);

    private static final Duration SUSPENSION = Duration.ofHours(1);

    private final Shared shared;
    private final SessionParts parts;
    private final Requests requests;
    private final StatusBoard board;
    private final Link link;
    private final Backoff backoff;
    private final List<CompletableFuture<Boolean>> awaitingOnline = new ArrayList<>(0);
    private final List<CompletableFuture<LogoutOutcome>> awaitingUnlink = new ArrayList<>(0);
    private @Nullable Credentials credentials;
    private @Nullable Pairing pairing;
    private @Nullable Startup startup;
    private @Nullable Stanzas stanzas;
    private @Nullable Instant onlineSince;
    private boolean started;
    private boolean wasOnline;
    private boolean closed;

    Lifecycle(Shared shared, SessionParts parts, @Nullable Credentials credentials) {
        this.shared = shared;
        this.parts = parts;
        this.requests = parts.requests();
        this.board = parts.board();
        this.credentials = credentials;
        link = new Link(shared, parts.owner(), this);
        backoff = new Backoff(shared.random());
        requests.linked(credentials != null);
    }

    Link link() {
        return link;
    }

    void start() {
        started = true;
        connect();
    }

    void pairingCode(CompletableFuture<PairingCode> answer) {
        if (closed) {
            answer.complete(new PairingCode.Unavailable(DisconnectCause.CLOSED_BY_US));
            return;
        }
        if (credentials != null) {
            answer.complete(new PairingCode.AlreadyLinked());
            return;
        }
        if (pairing == null) {
            pairing = new Pairing(shared, parts.owner(), link, this);
            board.phase(Phase.PAIRING);
            pairing.begin();
        }
        pairing.ask(answer);
    }

    void whenOnline(CompletableFuture<Boolean> answer) {
        if (board.status().online()) {
            answer.complete(true);
        } else if (credentials == null || closed) {
            answer.complete(false);
        } else {
            awaitingOnline.removeIf(CompletableFuture::isDone);
            awaitingOnline.add(answer);
        }
    }

    /** Asks the server to remove this device; completes when it is gone, and not at all when nobody confirms it. */
    void logout(CompletableFuture<LogoutOutcome> outcome, Instant deadline) {
        if (credentials == null) {
            outcome.complete(LogoutOutcome.NOT_LINKED);
            return;
        }
        awaitingUnlink.removeIf(CompletableFuture::isDone);
        awaitingUnlink.add(outcome);
        Node removal = Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "md")
                .child(Node.element("remove-companion-device")
                        .attribute("jid", credentials.account().pn())
                        .attribute("reason", "user_initiated"))
                .build();
        Exchange exchange = new Exchange() {
            @Override
            public void answered(Answer answer) {
                if (answer instanceof Answer.Result && credentials != null) {
                    disconnect(DisconnectCause.UNLINKED, Optional.empty());
                } else if (answer instanceof Answer.Refused) {
                    outcome.complete(LogoutOutcome.UNKNOWN);
                }
            }
        };
        requests.submit(new Request(removal, deadline, exchange));
    }

    void reconnect() {
        if (credentials != null && started) {
            drop(DisconnectCause.CLOSED_BY_US, Optional.empty());
            board.phase(wasOnline ? Phase.RECONNECTING : Phase.CONNECTING);
            backoff.reset();
            connect();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (pairing != null) {
            pairing.finish(new PairingCode.Unavailable(DisconnectCause.CLOSED_BY_US));
            pairing = null;
        }
        if (link.connected()) {
            drop(DisconnectCause.CLOSED_BY_US, Optional.empty());
        }
        link.end();
        requests.close();
        awaitingOnline.forEach(each -> each.complete(false));
        awaitingUnlink.forEach(each -> each.complete(LogoutOutcome.UNKNOWN));
        board.phase(Phase.CLOSED);
    }

    /** The state could not be stored: what is in memory is worth nothing any more. */
    void discard(DisconnectCause cause) {
        if (pairing != null) {
            pairing.finish(new PairingCode.Unavailable(cause));
            pairing = null;
        }
        drop(cause, Optional.empty());
        board.phase(credentials == null ? Phase.UNLINKED : wasOnline ? Phase.RECONNECTING : Phase.CONNECTING);
    }

    /** The state was loaded anew. */
    void loaded(@Nullable Credentials stored) {
        credentials = stored;
        board.account(stored == null ? null : stored.account());
        requests.linked(stored != null);
        if (stored == null) {
            board.phase(Phase.UNLINKED);
        } else if (started) {
            link.later(backoff.next(), this::connect);
        }
    }

    private void connect() {
        Credentials own = credentials;
        if (own == null || !started || closed || link.connected()) {
            return;
        }
        Jid pn = own.account().pn();
        link.connect(
                own.device().noise(),
                new ClientHelloPayload.Login(
                        shared.settings().version(), Long.parseLong(pn.user()), pn.device(), Optional.empty()));
    }

    @Override
    public void received(Node stanza) {
        if (pairing != null) {
            pairing.received(stanza);
            return;
        }
        switch (stanza.tag()) {
            case "success" -> success(stanza);
            case "failure" -> end(Disconnects.ofFailure(stanza, shared.clock().instant()));
            case "stream:error" -> end(Disconnects.ofStreamError(stanza));
            case "xmlstreamend" -> end(new Disconnects.End(DisconnectCause.SERVER_RESTART));
            default -> {
                if (stanzas != null) {
                    stanzas.received(stanza);
                }
            }
        }
    }

    private void end(Disconnects.End end) {
        disconnect(end.cause(), end.until());
    }

    @Override
    public void ended(DisconnectCause cause) {
        if (pairing != null) {
            board.disconnected(cause, Optional.empty());
            pairing.ended(cause);
        } else {
            disconnect(cause, Optional.empty());
        }
    }

    private void success(Node success) {
        if (credentials == null || startup != null) {
            return;
        }
        Optional<Jid> lid = success.jid("lid").filter(Jid::isLid);
        Account account = credentials.account();
        if (lid.isPresent() && !lid.equals(account.lid())) {
            Account completed = new Account(account.pn(), lid, account.platform());
            credentials(credentials.withAccount(completed));
            parts.intake()
                    .add(
                            List.of(credentials.put()),
                            List.of(new SessionEvent.Linked(shared.clock().instant(), completed)));
        }
        link.established(ping -> link.line()
                .accept(ping.toBuilder().attribute("id", requests.nextId()).build()));
        startup = new Startup(shared, parts.owner(), requests, parts.intake(), link.line(), this);
        stanzas = parts.stanzas(startup, link.line());
        startup.begin();
    }

    @Override
    public Credentials credentials() {
        if (credentials == null) {
            throw new IllegalStateException("not linked");
        }
        return credentials;
    }

    @Override
    public void credentials(Credentials changed) {
        credentials = changed;
        parts.book().account(changed.account());
        board.account(changed.account());
    }

    @Override
    public void online() {
        onlineSince = shared.clock().instant();
        wasOnline = true;
        board.phase(Phase.ONLINE);
        requests.online(link.line());
        awaitingOnline.forEach(each -> each.complete(true));
        awaitingOnline.clear();
        if (credentials != null && !credentials.groupsKnown()) {
            parts.sync().fetchAll(true);
        }
    }

    @Override
    public void paired(Credentials accepted, Runnable confirm) {
        Instant now = shared.clock().instant();
        List<Change> changes =
                List.of(new Change.Clear(StateKind.PREKEY), new Change.Clear(StateKind.GROUP), accepted.put());
        parts.intake().add(changes, List.of(new SessionEvent.Linked(now, accepted.account())), () -> {
            confirm.run();
            if (pairing != null) {
                pairing.finish(new PairingCode.AlreadyLinked());
                pairing = null;
            }
            started = true;
            wasOnline = false;
            credentials(accepted);
            requests.linked(true);
            board.phase(Phase.CONNECTING);
            Duration patience = link.connected() ? WITHOUT_515 : Duration.ZERO;
            link.later(patience, () -> disconnect(DisconnectCause.SERVER_RESTART, Optional.empty()));
        });
    }

    @Override
    public void over(DisconnectCause cause) {
        link.end();
        if (pairing != null) {
            pairing.finish(new PairingCode.Unavailable(cause));
            pairing = null;
        }
        board.disconnected(cause, Optional.empty());
        board.phase(Phase.UNLINKED);
    }

    /** A connection of a linked companion is over: what next? */
    private void disconnect(DisconnectCause cause, Optional<Instant> until) {
        drop(cause, until);
        switch (cause) {
            case UNLINKED -> unlink();
            case REPLACED, BLOCKED, CLIENT_OUTDATED -> board.phase(Phase.REFUSED);
            case SUSPENDED -> {
                board.phase(Phase.REFUSED);
                Instant now = shared.clock().instant();
                Duration wait = until.map(end -> Duration.between(now, end)).orElse(SUSPENSION);
                link.later(wait.compareTo(SUSPENSION) > 0 ? SUSPENSION : wait, this::connect);
            }
            case CLOSED_BY_US,
                    NETWORK,
                    KEEPALIVE_TIMEOUT,
                    SERVER_RESTART,
                    SERVER_ERROR,
                    CERTIFICATE,
                    PROTOCOL,
                    STORE,
                    QR_EXPIRED -> {
                board.phase(wasOnline ? Phase.RECONNECTING : Phase.CONNECTING);
                link.later(backoff.next(), this::connect);
            }
        }
    }

    private void drop(DisconnectCause cause, Optional<Instant> until) {
        link.end();
        startup = null;
        stanzas = null;
        requests.offline();
        Instant now = shared.clock().instant();
        if (onlineSince != null && onlineSince.plus(STABLE).isBefore(now)) {
            backoff.reset();
        }
        onlineSince = null;
        board.disconnected(cause, until);
    }

    /** The server has confirmed that this device is unlinked: everything of the account goes, its intents first. */
    private void unlink() {
        credentials = null;
        wasOnline = false;
        parts.book().load(null, Map.of());
        parts.sync().reset();
        requests.linked(false);
        awaitingOnline.forEach(each -> each.complete(false));
        awaitingOnline.clear();
        board.account(null);
        board.phase(Phase.UNLINKED);
        List<Change> changes = List.of(
                new Change.Clear(StateKind.CREDENTIALS),
                new Change.Clear(StateKind.PREKEY),
                new Change.Clear(StateKind.GROUP));
        SessionEvent event = new SessionEvent.Unlinked(shared.clock().instant(), DisconnectCause.UNLINKED);
        var _ = parts.forgetIntents()
                .thenRun(() -> parts.owner()
                        .execute(() -> parts.intake().add(changes, List.of(event), () -> {
                            awaitingUnlink.forEach(each -> each.complete(LogoutOutcome.UNLINKED));
                            awaitingUnlink.clear();
                        })));
    }
}
