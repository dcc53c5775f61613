package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.PreKeys;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What happens on one connection between {@code <success>} and its end: the first steps, the stanzas, and the care for what
 * is never urgent. Belongs to the session's thread.
 */
final class Login {

    private final SessionParts parts;
    private final Consumer<Node> line;
    private final PreKeys preKeys;
    private final Startup startup;
    private final Stanzas stanzas;

    /**
     * A login that was just accepted.
     *
     * @param line sends on this connection and on no later one
     * @param online runs once, when everything is taken in
     * @param doubt runs when the server tells that we are linked no more, without ending the connection
     */
    Login(SessionParts parts, Consumer<Node> line, Runnable online, Runnable doubt) {
        this.parts = parts;
        this.line = line;
        preKeys = parts.preKeys(line);
        startup = parts.startup(preKeys, line, online);
        stanzas = parts.stanzas(startup, preKeys, line, doubt);
    }

    /** Takes what the server greets us with, and begins. */
    void begin(Node success) {
        StanzaTime.of(success, "t").ifPresent(parts.book()::serverTime);
        Credentials own = parts.keyring().get();
        Account account = own.account();
        Optional<Jid> lid = success.jid("lid").filter(Jid::isLid);
        if (lid.isPresent() && !lid.equals(account.lid())) {
            Account completed = new Account(account.pn(), lid, account.platform());
            Credentials changed = own.withAccount(completed);
            parts.keyring().change(changed);
            SessionEvent event = new SessionEvent.Linked(parts.shared().clock().instant(), completed);
            parts.intake().add(List.of(changed.put()), List.of(event));
        }
        startup.begin();
    }

    void received(Node stanza) {
        stanzas.received(stanza);
    }

    /** Everything that waited for us is taken in. */
    void online() {
        parts.requests().online(line);
        if (!parts.keyring().get().groupsKnown()) {
            parts.sync().fetchFirst();
        }
        parts.sync().online();
        preKeys.look();
    }

    /** The server was silent for a while: time for what is never urgent as well. */
    void ping(Node ping) {
        line.accept(ping.toBuilder().attribute("id", parts.requests().nextId()).build());
        if (parts.board().status().online()) {
            preKeys.look();
        }
    }

    /** The connection is gone. */
    void end() {
        preKeys.end();
    }
}
