package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.call.CallHandler;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.device.DeviceNotificationHandler;
import io.greenfinch.client.group.GroupNotificationHandler;
import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.keys.KeyNotificationHandler;
import io.greenfinch.client.keys.PreKeys;
import io.greenfinch.client.picture.PictureNotificationHandler;
import io.greenfinch.client.privacy.BlockListNotificationHandler;
import io.greenfinch.client.stanza.Acknowledgement;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaRouter;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.MalformedStanzaException;
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
    private final StanzaRouter stanzas;

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
        stanzas = table(doubt);
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
            SessionEvent event = new SessionEvent.Linked(parts.shared().wall().instant(), completed);
            parts.intake().add(List.of(changed.put()), List.of(event));
        }
        startup.begin();
    }

    void received(Node stanza) {
        stanzas.received(stanza);
    }

    void unreadable(MalformedStanzaException failure) {
        stanzas.unreadable(failure);
    }

    /** Who takes which stanza. A new kind of stanza gets its line here, and its handler in the room of its feature. */
    private StanzaRouter table(Runnable doubt) {
        ClientContext shared = parts.shared();
        InBandNotices notices = new InBandNotices(parts, line, startup::offlineDone, startup::queued);
        StanzaHandler devices = new DeviceNotificationHandler(
                shared, parts.devices(), () -> parts.keyring().get().account(), doubt);
        StanzaHandler blockLists = new BlockListNotificationHandler(shared, parts.state());
        return new StanzaRouter(shared, parts.intake(), parts.steps(), parts.owner(), line, notices::countQueued)
                .on(
                        "notification",
                        "w:gp2",
                        new GroupNotificationHandler(shared, parts.book(), parts.sync(), parts::forgetIntent))
                .on(
                        "notification",
                        "picture",
                        new PictureNotificationHandler(shared.wall(), parts.pictures(), parts.book()::isSelf))
                .on(
                        "notification",
                        "encrypt",
                        new KeyNotificationHandler(
                                shared.wall(),
                                parts.messages()::forgetDevices,
                                preKeys,
                                parts.messages()::identityChanged))
                .on("notification", "mediaretry", parts.mediaRetries())
                .on("notification", "devices", devices)
                .on(
                        "notification",
                        "account_sync",
                        new AccountSyncHandler(devices, blockLists, parts.readReceipts()::changed))
                .on("notification", "server_sync", parts.appState().notifications())
                .on("notification", this::unknown)
                .on("notification", "privacy_token", parts.messages().trust())
                .on("message", parts.messages().incoming(line))
                .on("receipt", parts.messages().receipts())
                .on("call", new CallHandler(shared, parts.state(), parts.book()::isSelf))
                .direct("iq", this::iq)
                .direct("ib", notices::received)
                .direct("ack", this::answered)
                .direct("presence", parts.presence()::saw)
                .direct("chatstate", state -> {});
    }

    private StanzaDecision unknown(Node notification) {
        parts.shared()
                .stranger("<notification " + notification.attribute("type").orElse("") + ">");
        return StanzaDecision.nothing();
    }

    /** In the order of the stream, and when what it is about is in memory. */
    private void answered(Node answer) {
        parts.steps().run(List.of(), () -> parts.requests().answered(answer));
    }

    private void iq(Node iq) {
        switch (iq.attribute("type").orElse("")) {
            case "result", "error" -> answered(iq);
            case "get", "set" -> {
                if (!iq.is("xmlns", "urn:xmpp:ping")) {
                    parts.shared().stranger("<iq " + iq.attribute("xmlns").orElse("") + ">");
                }
                // An empty result is the truth for a ping; for the rest it keeps a server from waiting.
                Node.Builder result = Node.element("iq").attribute("type", "result");
                Acknowledgement.copy(iq, "from", "to", result);
                Acknowledgement.copy(iq, "id", "id", result);
                line.accept(result.build());
            }
            default -> parts.shared().stranger("<iq> of no type");
        }
    }

    /** Everything that waited for us is taken in. */
    void online() {
        parts.requests().online(line);
        if (!parts.keyring().get().groupsKnown()) {
            parts.sync().fetchFirst();
        }
        parts.sync().online();
        parts.messages().online();
        parts.appState().online();
        parts.presence().renew();
        parts.history().online();
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
