package io.greenfinch.client.presence;

import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The presence of a session's account. */
public final class SessionPresence implements Presence {

    /** For word of somebody, which comes at once or not at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Executor owner;
    private final Keyring keyring;
    private final Predicate<Node> line;
    private final Supplier<Wire> wire;
    private final Function<Jid, Optional<Node>> token;
    private final PresenceWatches watches = new PresenceWatches();
    private volatile boolean shown;

    /**
     * Nothing is shown yet.
     *
     * @param owner runs a step on the session's thread
     * @param line sends if the session is online, on its thread
     * @param wire what deadlines are waited for by
     * @param token by which somebody trusts us; may block
     */
    public SessionPresence(
            Executor owner,
            Keyring keyring,
            Predicate<Node> line,
            Supplier<Wire> wire,
            Function<Jid, Optional<Node>> token) {
        this.owner = owner;
        this.keyring = keyring;
        this.line = line;
        this.wire = wire;
        this.token = token;
    }

    @Override
    public void available(boolean wanted) {
        if (shown != wanted) {
            shown = wanted;
            owner.execute(this::tell);
        }
    }

    @Override
    public LastSeen lastSeen(Jid person, Optional<Jid> otherName, Instant deadline) {
        if (!shown || !wire.get().awaitOnline(deadline)) {
            return LastSeen.UNTOLD;
        }
        Set<Jid> names =
                Set.copyOf(Stream.concat(Stream.of(person), otherName.stream()).toList());
        PresenceWatches.Watch watch = watches.begin(names);
        try {
            Node.Builder subscription =
                    Node.element("presence").attribute("type", "subscribe").attribute("to", person);
            token.apply(person).ifPresent(subscription::child);
            owner.execute(() -> {
                var _ = line.test(subscription.build());
            });
            Instant patience = wire.get().clock().instant().plus(PATIENCE);
            wire.get().pause(watch.event(), patience.isBefore(deadline) ? patience : deadline);
            return watch.now();
        } finally {
            watches.end(names, watch);
        }
    }

    /** A {@code <presence>} came in. */
    public void saw(Node presence) {
        watches.saw(presence);
    }

    /** There is a new connection, or the account has another name. On the session's thread. */
    public void renew() {
        if (shown) {
            tell();
        }
    }

    private void tell() {
        if (!keyring.linked()) {
            return;
        }
        String name = keyring.get().pushName();
        if (!shown || !name.isEmpty()) {
            Node.Builder presence = Node.element("presence").attribute("type", shown ? "available" : "unavailable");
            if (shown) {
                presence.attribute("name", name);
            }
            var _ = line.test(presence.build());
        }
    }
}
