package io.greenfinch.client.message;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionEvent.DisappearingTimerChanged;
import io.greenfinch.client.SessionEvent.MessageAccepted;
import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is told of a message that came in: in which chat, by whom. Belongs to the session's thread. */
final class MessageEvents {

    private final MessageContext context;

    MessageEvents(MessageContext context) {
        this.context = context;
    }

    /** Whether another device of our own account sent it. */
    boolean isOwn(Delivery delivery) {
        return context.self().is(delivery.sender());
    }

    /** The event. Where our own account wrote, the chat is what the server says, or what the copy says. */
    SessionEvent of(Delivery delivery, Optional<MessageEnvelope> content, PendingState state) {
        boolean own = isOwn(delivery);
        Person sender = own ? context.self() : Aliases.person(delivery.sender(), state::find);
        Jid chat =
                delivery.shared().orElseGet(() -> shown(own ? written(delivery, content) : delivery.sender(), state));
        Instant at = delivery.at().orElse(context.shared().wall().instant());
        return new MessageReceived(
                at,
                new ChatMessage(
                        delivery.id(),
                        chat,
                        context.nameOf(chat),
                        sender,
                        own,
                        context.isAdmin(chat, sender),
                        at,
                        delivery.pushName(),
                        delivery.queued(),
                        content));
    }

    /** What comes of it that WhatsApp has accepted one of ours. */
    List<SessionEvent> accepted(OutgoingMessage message, Instant at) {
        Jid chat = message.chat();
        MessageAccepted accepted = new MessageAccepted(at, message.id(), chat, context.nameOf(chat));
        return message.content().getProtocolMessage().getType() == ProtocolMessageType.EPHEMERAL_SETTING
                ? List.of(accepted, timer(at, Aliases.shown(chat, context.state()::find), message.content()))
                : List.of(accepted);
    }

    /** That messages of the chat disappear after another time from now on. */
    SessionEvent timer(Delivery delivery, MessageEnvelope told, PendingState state) {
        Jid other = isOwn(delivery) ? written(delivery, Optional.of(told)) : delivery.sender();
        return timer(delivery.at().orElse(context.shared().wall().instant()), shown(other, state), told.content());
    }

    private static SessionEvent timer(Instant at, Jid chat, Message told) {
        long seconds = Integer.toUnsignedLong(told.getProtocolMessage().getEphemeralExpiration());
        return new DisappearingTimerChanged(at, chat, (int) Math.min(seconds, Integer.MAX_VALUE));
    }

    private static Jid written(Delivery delivery, Optional<MessageEnvelope> content) {
        return delivery.recipient()
                .or(() -> content.flatMap(MessageEnvelope::copy)
                        .flatMap(copy -> Jid.parse(copy.destination()))
                        .filter(Delivery::isPossible))
                .orElse(delivery.sender());
    }

    /** The name of a person's chat: the number where it is known. */
    static Jid shown(Jid person, PendingState state) {
        return Aliases.shown(person, state::find);
    }
}
