package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.PictureChanged;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Route;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.device.DeviceUpdate;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.group.GroupNews;
import io.greenfinch.client.group.GroupNotification;
import io.greenfinch.client.group.GroupSync;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.keys.PreKeys;
import io.greenfinch.client.picture.PictureUpdate;
import io.greenfinch.client.picture.PictureWatches;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.AttributeValue;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What comes in on a connection that is logged in. Whatever the server keeps until it is acknowledged is acknowledged
 * when its consequences are stored (specification §15.4), also what means nothing to us: it would come again for ever.
 *
 * <p>Messages can't be decrypted yet. They are answered with the error "unhandled" (500), never with a receipt: a
 * delivery that did not take place is not confirmed to the sender.
 *
 * <p>Belongs to the session's thread.
 */
final class Stanzas {

    private static final int UNHANDLED = 500;

    /** How many queued stanzas are asked for at a time (specification §21). */
    private static final int OFFLINE_BATCH = 100;

    /** Each change of the route is stored; a server that changes its mind for ever is not followed. */
    private static final int MAX_ROUTINGS = 8;

    private final ClientContext shared;
    private final Owner owner;
    private final Requests requests;
    private final Intake intake;
    private final GroupBook book;
    private final PictureWatches pictures;
    private final GroupSync sync;
    private final Startup startup;
    private final PreKeys preKeys;
    private final Keyring keyring;
    private final Consumer<Node> line;
    private final Runnable doubt;
    private final DeviceBook devices;
    private final Function<Jid, CompletableFuture<Void>> forgetIntent;
    private int queued;
    private int routed;

    Stanzas(
            SessionParts parts,
            Startup startup,
            PreKeys preKeys,
            Consumer<Node> line,
            Runnable doubt,
            Function<Jid, CompletableFuture<Void>> forgetIntent) {
        this.shared = parts.shared();
        this.owner = parts.owner();
        this.requests = parts.requests();
        this.intake = parts.intake();
        this.book = parts.book();
        this.pictures = parts.pictures();
        this.sync = parts.sync();
        this.devices = parts.devices();
        this.keyring = parts.keyring();
        this.startup = startup;
        this.preKeys = preKeys;
        this.line = line;
        this.doubt = doubt;
        this.forgetIntent = forgetIntent;
    }

    void received(Node stanza) {
        switch (stanza.tag()) {
            case "iq" -> iq(stanza);
            case "notification" -> notification(stanza);
            case "message" -> intake.add(List.of(), List.of(), () -> acknowledge(stanza, UNHANDLED));
            case "receipt", "call" -> intake.add(List.of(), List.of(), () -> acknowledge(stanza, 0));
            case "ib" -> inBand(stanza);
            case "ack" -> requests.answered(stanza);
            case "presence", "chatstate" -> {}
            default -> shared.stranger("<" + stanza.tag() + ">");
        }
        if (stanza.has("offline")) {
            countQueued();
        }
    }

    private void iq(Node iq) {
        switch (iq.attribute("type").orElse("")) {
            case "result", "error" -> requests.answered(iq);
            case "get", "set" -> {
                if (!iq.is("xmlns", "urn:xmpp:ping")) {
                    shared.stranger("<iq " + iq.attribute("xmlns").orElse("") + ">");
                }
                // An empty result is the truth for a ping; for the rest it keeps a server from waiting.
                Node.Builder result = Node.element("iq").attribute("type", "result");
                copy(iq, "from", "to", result);
                copy(iq, "id", "id", result);
                line.accept(result.build());
            }
            default -> shared.stranger("<iq> of no type");
        }
    }

    private void notification(Node notification) {
        switch (notification.attribute("type").orElse("")) {
            case "w:gp2" ->
                GroupNotification.parse(notification).ifPresentOrElse(parsed -> group(notification, parsed), () -> {
                    shared.stranger("<notification w:gp2> from no group");
                    intake.add(List.of(), List.of(), () -> acknowledge(notification, 0));
                });
            case "picture" -> picture(notification);
            case "encrypt" -> encrypt(notification);
            case "devices", "account_sync" -> devices(notification);
            case String type -> {
                shared.stranger("<notification " + type + ">");
                intake.add(List.of(), List.of(), () -> acknowledge(notification, 0));
            }
        }
    }

    /** Our keys run low, or somebody has a new identity (specification §12.2, §12.4). */
    private void encrypt(Node notification) {
        List<SessionEvent> events = List.of();
        if (notification.child("identity").isPresent()) {
            Instant at = StanzaTime.of(notification, "t").orElse(shared.clock().instant());
            events = notification.jid("from").filter(from -> from.isPn() || from.isLid()).stream()
                    .<SessionEvent>map(from -> new SessionEvent.IdentityChanged(at, from.account()))
                    .toList();
            notification.jid("from").ifPresent(devices::forget);
        }
        intake.add(List.of(), events, () -> acknowledge(notification, 0));
        if (notification.child("count").isPresent()) {
            preKeys.low();
        }
    }

    /** Somebody's devices changed, or our own (specification §13.4). Nothing of it is kept, so there is nothing to store. */
    private void devices(Node notification) {
        List<DeviceUpdate> updates = DeviceUpdate.parse(notification);
        if (updates.isEmpty()) {
            shared.stranger(
                    "<notification " + notification.attribute("type").orElse("") + "> that tells of no devices");
        }
        updates.forEach(devices::apply);
        boolean gone = updates.stream().anyMatch(this::isWithoutUs);
        intake.add(List.of(), List.of(), () -> {
            acknowledge(notification, 0);
            if (gone) {
                doubt.run();
            }
        });
    }

    private boolean isWithoutUs(DeviceUpdate update) {
        Account own = keyring.get().account();
        return switch (update) {
            case DeviceUpdate.Own all ->
                own.is(all.list().account()) && !all.list().has(own.pn().device());
            case DeviceUpdate.Changed changed ->
                changed.action() == DeviceUpdate.Action.REMOVED
                        && own.is(changed.account())
                        && changed.numbers().contains(own.pn().device());
        };
    }

    private void group(Node notification, GroupNotification parsed) {
        GroupNews news = new GroupNews(book, parsed);
        Runnable acknowledge = () -> acknowledge(notification, 0);
        if (news.intentsMoot()) {
            CompletableFuture<Void> forgotten = forgetIntent.apply(parsed.group());
            intake.add(news.changes(), news.events(), () -> {
                var _ = forgotten.thenRun(() -> owner.execute(acknowledge));
            });
        } else {
            intake.add(news.changes(), news.events(), acknowledge);
        }
        if (news.refresh()) {
            sync.fetchDoubted();
        }
    }

    private void picture(Node notification) {
        List<SessionEvent> events = new ArrayList<>();
        PictureUpdate.parse(notification).ifPresent(update -> {
            pictures.saw(update, update.author().map(book::isSelf).orElse(false));
            Instant at = StanzaTime.of(notification, "t").orElse(shared.clock().instant());
            events.add(new PictureChanged(at, update.subject(), update.author(), update.id()));
        });
        intake.add(List.of(), events, () -> acknowledge(notification, 0));
    }

    private void inBand(Node ib) {
        for (Node child : ib.children()) {
            switch (child.tag()) {
                case "offline_preview" -> {
                    if (child.number("count").orElse(0) > 0) {
                        requestQueued();
                    }
                }
                case "offline" -> startup.offlineDone();
                case "dirty" -> dirty(child);
                case "edge_routing" -> routing(child);
                case "thread_metadata", "client_expiration" -> {}
                default -> shared.stranger("<ib><" + child.tag() + ">");
            }
        }
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
                .attribute("id", requests.nextId())
                .child(clean)
                .build());
    }

    private void countQueued() {
        queued++;
        if (queued % OFFLINE_BATCH == 0) {
            // After the acknowledgements of those that came.
            intake.add(List.of(), List.of(), this::requestQueued);
        }
    }

    private void requestQueued() {
        line.accept(Node.element("ib")
                .child(Node.element("offline_batch").attribute("count", OFFLINE_BATCH))
                .build());
    }

    private void acknowledge(Node stanza, int error) {
        Node.Builder ack = Node.element("ack").attribute("class", stanza.tag());
        copy(stanza, "id", "id", ack);
        copy(stanza, "from", "to", ack);
        copy(stanza, "participant", "participant", ack);
        copy(stanza, "recipient", "recipient", ack);
        if (!stanza.tag().equals("message")) {
            copy(stanza, "type", "type", ack);
        }
        if (error != 0) {
            ack.attribute("error", error);
        }
        line.accept(ack.build());
    }

    private static void copy(Node from, String name, String as, Node.Builder to) {
        Optional<AttributeValue> value = Optional.ofNullable(from.attributes().get(name));
        to.attribute(as, value);
    }
}
