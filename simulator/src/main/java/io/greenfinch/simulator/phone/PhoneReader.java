package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Decrypts what phones are written, confirms it, and has it shown (specification §14, §15.1). Guarded by the world's lock. */
final class PhoneReader {

    private static final Set<MessageKind> NO_CONTENT = Set.of(MessageKind.SENDER_KEY, MessageKind.NOTHING);

    private final World world;
    private final MessageRouter router;
    private final PhoneRetries retries;
    private final BiConsumer<PhoneState, DisplayedText> display;
    private final Peers peers;

    /** Takes what the account's own devices tell the phone, and what no chat shows. */
    interface Peers {
        void accept(PhoneState me, Device from, MessageEnvelope told);
    }

    /** {@code display} is given what is to be on a phone's screen. */
    PhoneReader(
            World world,
            MessageRouter router,
            PhoneRetries retries,
            BiConsumer<PhoneState, DisplayedText> display,
            Peers peers) {
        this.world = world;
        this.router = router;
        this.retries = retries;
        this.display = display;
        this.peers = peers;
    }

    /** Reads a message that a phone was sent. */
    void read(PhoneState me, Node stanza) {
        Optional<Device> sender =
                stanza.jid("participant").or(() -> stanza.jid("from")).flatMap(world.accounts()::device);
        if (sender.isEmpty()) {
            return; // unlinked in the meantime: there is nobody to ask for anything
        }
        List<MessageEnvelope> read = new ArrayList<>();
        Optional<Decryption.Reason> failure = Optional.empty();
        for (Node enc : stanza.children("enc")) {
            switch (decrypt(me, stanza, sender.get(), enc)) {
                case Decryption.Decrypted<?> decrypted ->
                    MessageEnvelope.open(decrypted.plaintext()).ifPresent(opened -> {
                        keepKey(me, stanza, sender.get(), opened);
                        read.add(opened);
                    });
                case Decryption.Failed<?>(Decryption.Reason reason) -> failure = Optional.of(reason);
            }
        }
        Optional<MessageEnvelope> content = read.stream()
                .filter(envelope -> !NO_CONTENT.contains(envelope.kind()))
                .findFirst();
        if (content.isEmpty()
                && failure.filter(reason -> reason != Decryption.Reason.DUPLICATE)
                        .isPresent()) {
            retries.ask(me, stanza, sender.get(), failure.get());
            return;
        }
        content.ifPresent(envelope -> {
            if (stanza.is("category", "peer")) {
                peers.accept(me, sender.get(), envelope);
            } else {
                show(me, stanza, sender.get().account(), envelope);
            }
        });
        router.receipt(me.phone(), delivered(me, stanza, sender.get().account()));
    }

    private static Decryption<?> decrypt(PhoneState me, Node stanza, Device sender, Node enc) {
        Optional<EncryptedMessage.Kind> kind = enc.attribute("type").flatMap(EncryptedMessage.Kind::of);
        Optional<Jid> group = place(stanza);
        if (kind.isEmpty() || (kind.get() == EncryptedMessage.Kind.SENDER_KEY && group.isEmpty())) {
            return new Decryption.Failed<>(Decryption.Reason.MALFORMED);
        }
        EncryptedMessage message = new EncryptedMessage(kind.get(), enc.content());
        return kind.get() == EncryptedMessage.Kind.SENDER_KEY
                ? me.groupKeys().decrypt(group.get(), sender, message)
                : me.sessions()
                        .decrypt(
                                sender, message, stanza.child("device-identity").map(Node::content));
    }

    /** Where all get the same ciphertext. */
    private static Optional<Jid> place(Node stanza) {
        return stanza.jid("from").filter(from -> from.isGroup() || from.isStatus());
    }

    /** A key is good for the group that it came in, and for no other. */
    private static void keepKey(PhoneState me, Node stanza, Device sender, MessageEnvelope envelope) {
        Optional<Jid> group = place(stanza);
        envelope.senderKey()
                .filter(told ->
                        group.filter(jid -> jid.toString().equals(told.group())).isPresent())
                .ifPresent(told -> me.groupKeys().received(group.orElseThrow(), sender, told.key()));
    }

    private void show(PhoneState me, Node stanza, SimulatedAccount author, MessageEnvelope envelope) {
        if (envelope.copy().isPresent() && author != me.owner()) {
            return; // nobody else can say that this account wrote something
        }
        String id = stanza.attribute("id").orElseThrow();
        Optional<Chat> chat = chat(me, stanza, author);
        boolean known = me.messages()
                .get(id)
                .filter(message -> message.author() == author)
                .isPresent();
        if (chat.isEmpty() || known) {
            return;
        }
        Instant at = Instant.ofEpochSecond(stanza.number("t").orElse(world.seconds()));
        me.messages().put(id, new KnownMessage(id, chat.get(), author, envelope.content(), at));
        MessageText.of(envelope)
                .map(text -> new DisplayedText(
                        me.owner().displayName(),
                        text,
                        chat.get() instanceof Chat.Direct
                                ? Optional.empty()
                                : Optional.of(chat.get().jid().toString()),
                        at,
                        Optional.of(author.displayName()),
                        Optional.of(id)))
                .ifPresent(text -> display.accept(me, text));
    }

    private Optional<Chat> chat(PhoneState me, Node stanza, SimulatedAccount author) {
        Jid from = stanza.jid("from").orElseThrow();
        if (from.isGroup()) {
            return world.groups().find(from).map(Chat.InGroup::new);
        }
        if (from.isStatus()) {
            return Optional.of(new Chat.Status(List.of()));
        }
        Addressing mode = from.isLid() ? Addressing.LID : Addressing.PN;
        Optional<SimulatedAccount> other =
                author == me.owner() ? stanza.jid("recipient").flatMap(world.accounts()::find) : Optional.of(author);
        return other.map(account -> new Chat.Direct(account, mode));
    }

    private static Node delivered(PhoneState me, Node stanza, SimulatedAccount author) {
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", stanza.attribute("id").orElseThrow())
                .attribute("to", stanza.jid("from").orElseThrow())
                .attribute("participant", stanza.jid("participant"));
        if (stanza.is("category", "peer")) {
            receipt.attribute("type", "peer_msg");
        } else if (author == me.owner()) {
            receipt.attribute("type", "sender").attribute("recipient", stanza.jid("recipient"));
        }
        return receipt.build();
    }
}
