package io.greenfinch.client.privacy;

import io.greenfinch.client.SessionEvent.BlockListChanged;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Takes in that another device of the account has blocked somebody, or taken that back:
 * {@code <notification type="account_sync"><blocklist>} (specification §25).
 */
public final class BlockListNotificationHandler implements StanzaHandler {

    private final ClientContext shared;
    private final SessionState state;

    public BlockListNotificationHandler(ClientContext shared, SessionState state) {
        this.shared = shared;
        this.state = state;
    }

    /** Whether a notification is about the block list. */
    public static boolean concerns(Node notification) {
        return notification.child("blocklist").isPresent();
    }

    private static List<Node> items(Node notification) {
        return notification
                .child("blocklist")
                .map(list -> list.children("item"))
                .orElse(List.of());
    }

    @Override
    public Collection<StateKey> needs(Node notification) {
        return items(notification).stream()
                .flatMap(item -> BlockedItem.of(item).stream())
                .map(item -> Aliases.key(item.name()))
                .toList();
    }

    @Override
    public StanzaDecision decide(Node notification) {
        Instant at = StanzaTime.of(notification, "t").orElse(shared.wall().instant());
        String id = notification.attribute("id").orElse("");
        StanzaDecision decision = StanzaDecision.nothing();
        for (Node item : items(notification)) {
            Optional<Boolean> blocked = switch (item.attribute("action").orElse("")) {
                case "block" -> Optional.of(true);
                case "unblock" -> Optional.of(false);
                default -> Optional.empty();
            };
            Optional<Jid> person = BlockedItem.of(item).map(each -> each.shown(jid -> Aliases.shown(jid, state::find)));
            if (blocked.isPresent() && person.isPresent()) {
                decision.event(new BlockListChanged(at, id, person.get(), blocked.get()));
            }
        }
        return decision;
    }
}
