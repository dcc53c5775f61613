package io.greenfinch.client.group;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes in what WhatsApp tells of groups: {@code <notification type="w:gp2">} (specification §18). */
public final class GroupNotificationHandler implements StanzaHandler {

    private final ClientContext shared;
    private final GroupBook book;
    private final GroupSync sync;
    private final Function<Jid, CompletableFuture<Void>> forgetIntent;

    /**
     * A handler.
     *
     * @param forgetIntent forgets a leave whose outcome is unknown; the stanza is acknowledged after it
     */
    public GroupNotificationHandler(
            ClientContext shared, GroupBook book, GroupSync sync, Function<Jid, CompletableFuture<Void>> forgetIntent) {
        this.shared = shared;
        this.book = book;
        this.sync = sync;
        this.forgetIntent = forgetIntent;
    }

    @Override
    public Collection<StateKey> needs(Node notification) {
        return notification.jid("from").filter(Jid::isGroup).filter(book::holds).map(HeldGroups::key).stream()
                .toList();
    }

    @Override
    public StanzaDecision decide(Node notification) {
        Optional<GroupNotification> parsed = GroupNotification.parse(notification);
        if (parsed.isEmpty()) {
            shared.stranger("<notification w:gp2> from no group");
            return StanzaDecision.nothing();
        }
        GroupDraft draft = new GroupDraft(book, parsed.get());
        StanzaDecision decision = draft.decision();
        if (draft.intentsMoot()) {
            decision.after(() -> forgetIntent.apply(parsed.get().group()));
        }
        return draft.refresh() ? decision.effect(sync::fetchDoubted) : decision;
    }
}
