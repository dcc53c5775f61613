package io.greenfinch.client.message;

import io.greenfinch.client.SessionEvent.ReceiptReceived;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Takes receipts in: {@code <receipt>} (specification §15.2, §15.3). Belongs to the session's thread.
 */
final class ReceiptHandler implements StanzaHandler {

    /** Messages in one receipt. */
    private static final int MAX_MESSAGES = 1024;

    private final MessageContext context;
    private final Resending resending;

    ReceiptHandler(MessageContext context, Resending resending) {
        this.context = context;
        this.resending = resending;
    }

    @Override
    public Collection<StateKey> needs(Node stanza) {
        return stanza.jid("participant")
                .or(() -> stanza.jid("from"))
                .map(Jid::account)
                .filter(jid -> jid.isPn() || jid.isLid())
                .map(jid -> List.of(Aliases.key(jid)))
                .orElse(List.of());
    }

    @Override
    public StanzaDecision decide(Node stanza) {
        Optional<Jid> from = address(stanza, "from");
        Optional<Jid> giver =
                from.flatMap(jid -> Delivery.many(jid) ? address(stanza, "participant") : Optional.of(jid));
        List<String> ids = ids(stanza);
        if (from.isEmpty() || ids.isEmpty()) {
            return StanzaDecision.unparsable();
        }
        String type = stanza.attribute("type").orElse("");
        if (type.equals("retry")) {
            return giver.map(device -> StanzaDecision.nothing().after(() -> resending.asked(stanza, device)))
                    .orElseGet(StanzaDecision::unparsable);
        }
        PendingState state = new PendingState(context.state());
        StanzaDecision decision = StanzaDecision.nothing();
        Instant at = StanzaTime.of(stanza, "t").orElse(context.shared().wall().instant());
        if (giver.isEmpty()) {
            aggregated(stanza, from.get(), at, state, decision);
            return decision;
        }
        boolean own = context.self().is(giver.get());
        kind(type, own).ifPresent(kind -> {
            Jid chat = Delivery.many(from.get())
                    ? from.get()
                    : own ? address(stanza, "recipient").orElse(from.get()) : from.get();
            decision.event(new ReceiptReceived(
                    at, shown(chat, state), context.nameOf(chat), by(giver.get(), own, state), kind, ids));
        });
        return decision;
    }

    /** One stanza for several members of a group. */
    private void aggregated(Node stanza, Jid group, Instant at, PendingState state, StanzaDecision decision) {
        Optional<ReceiptKind> kind = kind(stanza.attribute("type").orElse(""), false);
        for (Node message : stanza.children("participants")) {
            Optional<String> id = message.attribute("key").filter(ReceiptHandler::isId);
            for (Node user :
                    message.children("user").stream().limit(MAX_MESSAGES).toList()) {
                Optional<Jid> giver = address(user, "jid");
                if (kind.isPresent() && id.isPresent() && giver.isPresent()) {
                    Instant when = StanzaTime.of(user, "t").orElse(at);
                    decision.event(new ReceiptReceived(
                            when,
                            group,
                            context.nameOf(group),
                            by(giver.get(), false, state),
                            kind.get(),
                            List.of(id.get())));
                }
            }
        }
    }

    private Optional<Person> by(Jid giver, boolean own, PendingState state) {
        return Optional.of(own ? context.self() : Aliases.person(giver, state::find));
    }

    private static Jid shown(Jid chat, PendingState state) {
        return Delivery.many(chat) ? chat : MessageEvents.shown(chat, state);
    }

    /** What it says; empty where it says nothing of chats. That another device of ours has got a message is such a thing. */
    private static Optional<ReceiptKind> kind(String type, boolean own) {
        return switch (type) {
            case "", "inactive" -> own ? Optional.empty() : Optional.of(ReceiptKind.DELIVERED);
            case "read" -> Optional.of(own ? ReceiptKind.READ_BY_SELF : ReceiptKind.READ);
            case "read-self" -> Optional.of(ReceiptKind.READ_BY_SELF);
            case "played" -> own ? Optional.empty() : Optional.of(ReceiptKind.PLAYED);
            default -> Optional.empty();
        };
    }

    private static List<String> ids(Node stanza) {
        List<String> ids = new ArrayList<>();
        stanza.attribute("id").filter(ReceiptHandler::isId).ifPresent(ids::add);
        stanza.child("list")
                .ifPresent(list -> list.children("item").stream()
                        .limit(MAX_MESSAGES)
                        .flatMap(item -> item.attribute("id").stream())
                        .filter(ReceiptHandler::isId)
                        .forEach(ids::add));
        return ids.stream().distinct().toList();
    }

    private static Optional<Jid> address(Node element, String name) {
        return element.jid(name).filter(Delivery::isPossible);
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= Delivery.MAX_ID;
    }
}
