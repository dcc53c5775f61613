package io.greenfinch.client.message;

import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.LidMigrationMappingSyncMessage;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Takes messages in: {@code <message>} (specification §14). What is read is stored with the step of the ratchet that read it, then
 * acknowledged; what can't be read is remembered, and its sender asked to send it again. One per connection. Belongs to the
 * session's thread.
 */
final class MessageHandler implements StanzaHandler {

    private static final String PHONE_KEYS = "peer_msg";

    private final MessageContext context;
    private final UnreadableMessages unreadable;
    private final HistoryNotices history;
    private final Consumer<Node> line;
    private final MessageEvents events;

    MessageHandler(MessageContext context, UnreadableMessages unreadable, HistoryNotices history, Consumer<Node> line) {
        this.context = context;
        this.unreadable = unreadable;
        this.history = history;
        this.line = line;
        this.events = new MessageEvents(context);
    }

    @Override
    public Collection<StateKey> needs(Node stanza) {
        Optional<Delivery> delivery = Delivery.of(stanza);
        if (delivery.isEmpty()) {
            return List.of();
        }
        Jid sender = delivery.get().sender();
        List<StateKey> keys = new ArrayList<>(4);
        if (sender.account().isPn() || sender.account().isLid()) {
            keys.add(Aliases.key(sender));
        }
        keys.add(DeviceSessions.key(sender));
        Optional<Jid> alias = alias(delivery.get()).map(name -> name.withDevice(sender.device()));
        alias.ifPresent(name -> keys.addAll(List.of(Aliases.key(name), DeviceSessions.key(name))));
        delivery.get().group().ifPresent(group -> {
            keys.add(DeviceSessions.senderKey(group, sender));
            alias.ifPresent(name -> keys.add(DeviceSessions.senderKey(group, name)));
        });
        return keys;
    }

    @Override
    public StanzaDecision decide(Node stanza) {
        Optional<Delivery> read = Delivery.of(stanza);
        if (read.isEmpty()) {
            return StanzaDecision.unparsable();
        }
        Delivery delivery = read.get();
        PendingState state = new PendingState(context.state());
        alias(delivery).ifPresent(alias -> Aliases.learn(state, delivery.sender(), alias));
        delivery.recipient()
                .ifPresent(recipient ->
                        delivery.recipientAlias().ifPresent(alias -> Aliases.learn(state, recipient, alias)));
        Reading reading = Reading.of(delivery, state, context);
        StanzaDecision decision = StanzaDecision.nothing();
        if (reading.lost() && !reading.told() && isShown(delivery)) {
            unreadable.decide(stanza, delivery, reading.reason(), state, decision, line);
        } else {
            unreadable.readAfterAll(delivery, state, decision);
            for (MessageEnvelope envelope : reading.envelopes()) {
                take(delivery, envelope, state, decision);
            }
            // What companions are not given, such as what may be seen once, comes without any ciphertext.
            if (delivery.ciphertexts().isEmpty() && isShown(delivery) && !delivery.peer()) {
                decision.event(events.of(delivery, Optional.empty(), state));
            }
            if (!delivery.outsideChats()) {
                Node receipt = receipt(delivery, reading.envelopes());
                decision.then(() -> line.accept(receipt));
            }
        }
        state.changes().forEach(decision::change);
        return decision;
    }

    /** The sender's other name. That of our own account the server does not tell with messages, for we know it. */
    private Optional<Jid> alias(Delivery delivery) {
        Jid sender = delivery.sender();
        return delivery.alias()
                .or(() -> events.isOwn(delivery)
                        ? sender.account().isLid()
                                ? context.self().pn()
                                : context.self().lid()
                        : Optional.empty());
    }

    /** What we ourselves send to a list of people is shown in no chat that we could name. */
    private boolean isShown(Delivery delivery) {
        return !delivery.outsideChats() && (delivery.group().equals(delivery.shared()) || !events.isOwn(delivery));
    }

    private void take(Delivery delivery, MessageEnvelope envelope, PendingState state, StanzaDecision decision) {
        if (envelope.content().getProtocolMessage().getType() == ProtocolMessageType.EPHEMERAL_SETTING
                && isShown(delivery)
                && !delivery.peer()
                && delivery.shared().isEmpty()) {
            decision.event(events.timer(delivery, envelope, state));
        }
        if (envelope.kind() == MessageKind.PROTOCOL) {
            if (events.isOwn(delivery)) {
                ProtocolMessage told = envelope.content().getProtocolMessage();
                context.appState().keep(told.getAppStateSyncKeyShare(), decision);
                if (isPhone(delivery)) {
                    if (told.hasHistorySyncNotification()) {
                        history.take(delivery.id(), told.getHistorySyncNotification(), decision);
                    }
                    if (told.hasLidMigrationMappingSyncMessage()) {
                        learn(told.getLidMigrationMappingSyncMessage(), state);
                    }
                }
            }
        } else if (envelope.kind() != MessageKind.SENDER_KEY
                && envelope.kind() != MessageKind.NOTHING
                && isShown(delivery)
                && !delivery.peer()) {
            decision.event(events.of(delivery, Optional.of(envelope), state));
            if (delivery.shared().isEmpty() && !events.isOwn(delivery)) {
                Aliases.wrote(state, delivery.sender().account());
            }
        }
    }

    /** The phone tells the two names of those whom it knows (specification §22). */
    private void learn(LidMigrationMappingSyncMessage told, PendingState state) {
        List<ToldNames> people = ToldNames.of(told);
        context.state()
                .require(people.stream()
                        .flatMap(names -> Stream.of(Aliases.key(names.pn()), Aliases.key(names.lid())))
                        .toList());
        people.forEach(names -> Aliases.learn(state, names.pn(), names.lid()));
    }

    /** Of a device of our own account: not every phone says that it writes to its devices, and not to a chat. */
    private static boolean isPhone(Delivery delivery) {
        return delivery.sender().device() == 0;
    }

    /** That it has arrived (specification §15.1). */
    private Node receipt(Delivery delivery, List<MessageEnvelope> envelopes) {
        Node.Builder receipt =
                Node.element("receipt").attribute("id", delivery.id()).attribute("to", delivery.from());
        delivery.group().ifPresent(group -> receipt.attribute("participant", delivery.sender()));
        delivery.recipient().ifPresent(recipient -> receipt.attribute("recipient", recipient));
        if (delivery.peer()) {
            boolean history = envelopes.stream()
                    .anyMatch(each -> each.content().getProtocolMessage().hasHistorySyncNotification());
            receipt.attribute("type", history ? "hist_sync" : PHONE_KEYS);
        } else if (events.isOwn(delivery)) {
            receipt.attribute("type", "sender");
        }
        return receipt.build();
    }
}
