package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageStanza;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Sends what people write on their phones (specification §14.1, §14.3). Guarded by the world's lock. */
final class PhoneWriter {

    private static final int ID = 16;

    private final World world;
    private final MessageRouter router;

    PhoneWriter(World world, MessageRouter router) {
        this.world = world;
        this.router = router;
    }

    /** An id as phones give it. */
    String newId() {
        byte[] id = new byte[ID];
        world.random().nextBytes(id);
        return HexFormat.of().withUpperCase().formatHex(id);
    }

    /** Does what a person wants done on the phone. */
    ChatAction.Outcome write(PhoneState me, ChatAction action) {
        if (!me.phone().online()) {
            return new ChatAction.Outcome.Offline();
        }
        return switch (action) {
            case ChatAction.Text(Chat chat, String text, Optional<String> quoted) -> {
                Optional<KnownMessage> answered = quoted.flatMap(me.messages()::get);
                yield quoted.isPresent() && answered.isEmpty()
                        ? new ChatAction.Outcome.UnknownMessage(quoted.get())
                        : send(me, chat, Contents.text(text, answered, world.random()));
            }
            case ChatAction.Content(Chat chat, Message content) -> send(me, chat, content);
            case ChatAction.Change change -> change(me, change);
            case ChatAction.Reaction(String id, String emoji) ->
                me.messages()
                        .get(id)
                        .map(to -> send(
                                me,
                                answered(to),
                                Contents.reaction(
                                        emoji, to, me.owner(), world.clock().millis())))
                        .orElseGet(() -> new ChatAction.Outcome.UnknownMessage(id));
            case ChatAction.Reading(String id) ->
                me.messages()
                        .get(id)
                        .map(message -> read(me, message))
                        .orElseGet(() -> new ChatAction.Outcome.UnknownMessage(id));
        };
    }

    /** Status updates are answered in the chat with who posted them. */
    private static Chat answered(KnownMessage message) {
        return message.chat() instanceof Chat.Status
                ? new Chat.Direct(message.author(), Addressing.LID)
                : message.chat();
    }

    private ChatAction.Outcome change(PhoneState me, ChatAction.Change change) {
        return me.messages()
                .get(change.id())
                .flatMap(about -> Contents.about(
                                about, change, me.owner(), world.clock().millis(), world.random())
                        .map(content -> send(me, about.chat(), content)))
                .orElseGet(() -> new ChatAction.Outcome.UnknownMessage(change.id()));
    }

    private ChatAction.Outcome read(PhoneState me, KnownMessage message) {
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", message.id())
                .attribute("to", message.chat().jid())
                .attribute(
                        "type",
                        me.owner().privacy().getOrDefault("readreceipts", "all").equals("none") ? "read-self" : "read")
                .attribute("t", world.seconds());
        if (!(message.chat() instanceof Chat.Direct)) {
            receipt.attribute("participant", message.chat().addressing().name(message.author()));
        }
        if (message.author() != me.owner()) {
            router.receipt(me.phone(), receipt.build());
        }
        return new ChatAction.Outcome.Done(message.id());
    }

    /** Sends a message to all devices of all who are in the chat, the sender's companions included. */
    private ChatAction.Outcome send(PhoneState me, Chat chat, Message content) {
        String id = newId();
        MessageStanza words = MessageStanza.of(content);
        Node.Builder stanza = Node.element("message")
                .attribute("id", id)
                .attribute("to", chat.jid())
                .attribute("type", words.type());
        words.edit().ifPresent(edit -> stanza.attribute("edit", edit));
        AtomicReference<Optional<Node>> answer = new AtomicReference<>(Optional.empty());
        // Known before it is sent: another phone that can't read it asks for it at once.
        me.messages()
                .put(
                        id,
                        new KnownMessage(
                                id, chat, me.owner(), content, world.clock().instant()));
        switch (chat) {
            case Chat.Direct direct ->
                router.message(me.phone(), direct(me, direct, content, stanza), ack -> answer.set(Optional.of(ack)));
            case Chat.InGroup(SimulatedGroup group) -> {
                Set<Device> audience = audience(me, group);
                List<Device> told = audience.stream()
                        .filter(device -> !me.groupKeys().has(group.jid(), device))
                        .toList();
                router.message(
                        me.phone(), inGroup(me, group, content, told, stanza), ack -> answer.set(Optional.of(ack)));
                if (!answer.get().map(ack -> ack.has("error")).orElse(true)) {
                    me.groupKeys().told(group.jid(), told);
                }
            }
            case Chat.Status(List<SimulatedAccount> people) -> {
                Set<Device> audience = new LinkedHashSet<>();
                people.stream().map(SimulatedAccount::devices).forEach(audience::addAll);
                audience.addAll(me.owner().devices());
                audience.remove(me.phone());
                // Whoever could read the last one and may not see this one has the key.
                me.groupKeys().rotate(Jid.STATUS);
                router.message(
                        me.phone(), shared(me, chat, content, audience, stanza), ack -> answer.set(Optional.of(ack)));
            }
        }
        Node ack = answer.get().orElseThrow(() -> new IllegalStateException("a phone was not answered"));
        if (ack.number("error").isPresent()) {
            me.messages().remove(id);
            return new ChatAction.Outcome.Refused((int) ack.number("error").getAsLong());
        }
        return new ChatAction.Outcome.Done(id);
    }

    private Node direct(PhoneState me, Chat.Direct chat, Message content, Node.Builder stanza) {
        Set<Device> audience = new LinkedHashSet<>(chat.other().devices());
        audience.addAll(me.owner().devices());
        String hash = DeviceListHash.of(
                audience.stream().map(device -> address(chat.mode(), device)).toList());
        byte[] forThem = MessageEnvelope.seal(content, world.random());
        byte[] forUs =
                MessageEnvelope.seal(MessageEnvelope.copy(content, chat.jid(), Optional.of(hash)), world.random());
        audience.remove(me.phone());
        Node.Builder participants = Node.element("participants");
        for (Device device : audience) {
            byte[] padded = device.account() == me.owner() ? forUs : forThem;
            to(me, chat.mode(), device, padded, content).ifPresent(participants::child);
        }
        if (chat.mode() == Addressing.LID) {
            stanza.attribute("peer_recipient_pn", chat.other().pn());
        }
        return stanza.child(participants).build();
    }

    private Node inGroup(
            PhoneState me, SimulatedGroup group, Message content, List<Device> lacking, Node.Builder stanza) {
        Addressing mode = group.addressing();
        List<Jid> all = new ArrayList<>();
        group.accounts().forEach(account -> account.devices().forEach(device -> all.add(address(mode, device))));
        stanza.attribute("phash", DeviceListHash.of(all)).attribute("addressing_mode", mode.text());
        return shared(me, new Chat.InGroup(group), content, lacking, stanza);
    }

    private Node shared(PhoneState me, Chat chat, Message content, Collection<Device> lacking, Node.Builder stanza) {
        Message key = MessageEnvelope.groupKey(chat.jid(), me.groupKeys().distribution(chat.jid()));
        Node.Builder participants = Node.element("participants");
        for (Device device : lacking) {
            to(me, chat.addressing(), device, MessageEnvelope.seal(key, world.random()), key)
                    .ifPresent(participants::child);
        }
        if (!lacking.isEmpty()) {
            stanza.child(participants);
        }
        byte[] padded = MessageEnvelope.seal(content, world.random());
        return stanza.child(enc(me.groupKeys().encrypt(chat.jid(), padded), content))
                .build();
    }

    /** All devices of all members but this phone. */
    private static Set<Device> audience(PhoneState me, SimulatedGroup group) {
        Set<Device> audience = new LinkedHashSet<>();
        group.accounts().stream().map(SimulatedAccount::devices).forEach(audience::addAll);
        audience.remove(me.phone());
        return audience;
    }

    private static Optional<Node> to(PhoneState me, Addressing mode, Device device, byte[] padded, Message content) {
        return me.sessions()
                .encrypt(device, padded)
                .map(encrypted -> Node.element("to")
                        .attribute("jid", address(mode, device))
                        .child(enc(encrypted, content))
                        .build());
    }

    /** What is encrypted, as a stanza has it. */
    static Node.Builder enc(EncryptedMessage encrypted, Message content) {
        Node.Builder enc = Node.element("enc")
                .attribute("v", 2)
                .attribute("type", encrypted.kind().type())
                .bytes(encrypted.bytes());
        return MessageStanza.of(content).describe(enc);
    }

    static Jid address(Addressing mode, Device device) {
        return mode == Addressing.LID ? device.lid() : device.pn();
    }
}
