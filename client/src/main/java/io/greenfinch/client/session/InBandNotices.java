package io.greenfinch.client.session;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.group.GroupSync;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the server says about the connection itself, {@code <ib>}, and the queue of what waited for us (specification §10.1,
 * §21). One per connection. Belongs to the session's thread.
 */
final class InBandNotices {

    /** How many queued stanzas are asked for at a time (specification §21). */
    private static final int OFFLINE_BATCH = 100;

    /** Each change of the route is stored; a server that changes its mind for ever is not followed. */
    private static final int MAX_ROUTINGS = 8;

    private final ClientContext shared;
    private final SessionParts parts;
    private final Intake intake;
    private final GroupSync sync;
    private final Keyring keyring;
    private final Runnable offlineDone;
    private final Runnable queuedCame;
    private final Consumer<Node> line;
    private int queued;
    private int routed;

    InBandNotices(SessionParts parts, Consumer<Node> line, Runnable offlineDone, Runnable queuedCame) {
        this.shared = parts.shared();
        this.parts = parts;
        this.intake = parts.intake();
        this.sync = parts.sync();
        this.keyring = parts.keyring();
        this.offlineDone = offlineDone;
        this.queuedCame = queuedCame;
        this.line = line;
    }

    void received(Node ib) {
        for (Node child : ib.children()) {
            switch (child.tag()) {
                case "offline_preview" -> {
                    if (child.number("count").orElse(0) > 0) {
                        requestQueued();
                    }
                }
                case "offline" -> offlineDone.run();
                case "dirty" -> dirty(child);
                case "edge_routing" -> routing(child);
                case "thread_metadata", "client_expiration" -> {}
                default -> shared.stranger("<ib><" + child.tag() + ">");
            }
        }
    }

    /** A stanza came in that had waited for us. */
    void countQueued() {
        queued++;
        queuedCame.run();
        if (queued % OFFLINE_BATCH == 0) {
            // After the acknowledgements of those that came.
            intake.reserve().refuse(this::requestQueued);
        }
    }

    private void requestQueued() {
        line.accept(Node.element("ib")
                .child(Node.element("offline_batch").attribute("count", OFFLINE_BATCH))
                .build());
    }

    private void routing(Node told) {
        Route known = keyring.get().route();
        Optional<Route> changed = told.child("routing_info").flatMap(info -> known.withRouting(info.content()));
        if (changed.isEmpty()) {
            shared.stranger("<ib><edge_routing> that can't be used");
        } else if (routed < MAX_ROUTINGS) {
            routed++;
            keyring.store(changed.get());
        }
    }

    /**
     * Something changed while the server could not tell us (specification §21): fetch what we keep, and call it clean when
     * that is stored.
     */
    private void dirty(Node dirty) {
        String type = dirty.attribute("type").orElse("");
        if (type.equals("groups")) {
            sync.fetchAll(() -> intake.add(List.of(), List.of(), () -> clean(dirty, type)));
        } else {
            clean(dirty, type);
        }
    }

    private void clean(Node dirty, String type) {
        Node.Builder clean = Node.element("clean").attribute("type", type);
        dirty.attribute("timestamp").ifPresent(timestamp -> clean.attribute("timestamp", timestamp));
        line.accept(Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "set")
                .attribute("xmlns", "urn:xmpp:whatsapp:dirty")
                .attribute("id", parts.requests().nextId())
                .child(clean)
                .build());
    }
}
