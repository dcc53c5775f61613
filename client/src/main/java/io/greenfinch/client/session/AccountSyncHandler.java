package io.greenfinch.client.session;

import io.greenfinch.client.privacy.BlockListNotificationHandler;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Node;
import java.util.Collection;
import java.util.Set;

/**
 * Takes in what the account's other devices did to it: {@code <notification type="account_sync">} (specification §13.4, §25).
 *
 * @param devices of the account
 * @param blockLists whom it has blocked
 * @param privacyChanged what is known of its privacy settings may not hold any more
 */
record AccountSyncHandler(StanzaHandler devices, StanzaHandler blockLists, Runnable privacyChanged)
        implements StanzaHandler {

    private static final String PRIVACY = "privacy";

    /** What is asked for anew each time it is wanted, and so is no news. */
    private static final Set<String> ASKED_FOR = Set.of(PRIVACY, "disappearing_mode", "status", "picture", "tos");

    @Override
    public Collection<StateKey> needs(Node notification) {
        return handler(notification).needs(notification);
    }

    @Override
    public StanzaDecision decide(Node notification) {
        boolean known = notification.children().stream().anyMatch(child -> ASKED_FOR.contains(child.tag()));
        if (!known) {
            return handler(notification).decide(notification);
        }
        StanzaDecision decision = StanzaDecision.nothing();
        return notification.child(PRIVACY).isPresent() ? decision.effect(privacyChanged) : decision;
    }

    private StanzaHandler handler(Node notification) {
        return BlockListNotificationHandler.concerns(notification) ? blockLists : devices;
    }
}
