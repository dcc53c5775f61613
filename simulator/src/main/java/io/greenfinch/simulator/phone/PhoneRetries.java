package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageStanza;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.SenderKeyDistributionMessage;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.Phone;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.message.MessageRouter;
import io.greenfinch.simulator.stanza.DeviceStanzas;
import io.greenfinch.simulator.stanza.ServerStanzas;
import io.greenfinch.simulator.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Asks for messages that a phone can't read, and sends again those that others can't (specification §14.5, §15.3). Guarded by the world's lock. */
final class PhoneRetries {

    /** What another try by the same session can't change. */
    private static final Set<Decryption.Reason> SESSION_LOST = Set.of(
            Decryption.Reason.NO_SESSION, Decryption.Reason.UNKNOWN_PREKEY, Decryption.Reason.UNTRUSTED_IDENTITY);

    private final World world;
    private final MessageRouter router;

    PhoneRetries(World world, MessageRouter router) {
        this.world = world;
        this.router = router;
    }

    /** Asks the device that sent a message to send it again. */
    void ask(PhoneState me, Node message, Device sender, Decryption.Reason reason) {
        String id = message.attribute("id").orElseThrow();
        OptionalInt count = me.retries().ask(id, sender);
        if (count.isEmpty()) {
            return;
        }
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", id)
                .attribute("to", message.jid("from").orElseThrow())
                .attribute("type", "retry")
                .attribute("participant", message.jid("participant"))
                .attribute("recipient", message.jid("recipient"))
                .child(Node.element("retry")
                        .attribute("count", count.getAsInt())
                        .attribute("id", id)
                        .attribute("t", message.attribute("t").orElse(""))
                        .attribute("v", 1)
                        .attribute("error", 0))
                .child(DeviceStanzas.registration(me.phone().registrationId()));
        if (count.getAsInt() > 1 || SESSION_LOST.contains(reason)) {
            receipt.child(keys(me.phone()));
        }
        router.receipt(me.phone(), receipt.build());
    }

    private static Node keys(Phone phone) {
        Node.Builder keys =
                Node.element("keys").child(DeviceStanzas.type()).child(DeviceStanzas.identity(phone.identityKey()));
        phone.takePreKey().ifPresent(key -> keys.child(DeviceStanzas.preKey(key)));
        return keys.child(DeviceStanzas.signedPreKey(phone.signedPreKey())).build();
    }

    /** Sends a message of this phone again to a device that asks for it. */
    void answer(PhoneState me, Node receipt) {
        Optional<Jid> asking = receipt.jid("participant").or(() -> receipt.jid("from"));
        Optional<Device> device = asking.flatMap(world.accounts()::device).filter(found -> found != me.phone());
        Optional<KnownMessage> message =
                receipt.attribute("id").flatMap(me.messages()::get).filter(known -> known.author() == me.owner());
        if (device.isEmpty() || message.isEmpty() || !concerns(message.get(), device.get(), me)) {
            return;
        }
        OptionalInt count = me.retries().answer(message.get().id(), device.get());
        if (count.isPresent()) {
            me.sessions().restart(device.get(), sent(receipt, device.get()));
            again(me, message.get(), device.get(), count.getAsInt());
        }
    }

    /** Whether a device is of somebody who is to read the message. */
    private static boolean concerns(KnownMessage message, Device device, PhoneState me) {
        return device.account() == me.owner()
                || switch (message.chat()) {
                    case Chat.Direct direct -> direct.other() == device.account();
                    case Chat.InGroup(SimulatedGroup group) -> group.has(device.account());
                    case Chat.Status(List<SimulatedAccount> audience) -> audience.contains(device.account());
                };
    }

    private void again(PhoneState me, KnownMessage message, Device device, int count) {
        Chat chat = message.chat();
        Jid address = PhoneWriter.address(chat.addressing(), device);
        Node.Builder stanza = Node.element("message")
                .attribute("id", message.id())
                .attribute("type", MessageStanza.of(message.content()).type())
                .attribute("device_fanout", "false");
        Message content = message.content();
        switch (chat) {
            case Chat.Direct direct -> {
                stanza.attribute("to", address);
                if (device.account() == me.owner()) {
                    stanza.attribute("recipient", direct.jid());
                    content = MessageEnvelope.copy(content, direct.jid(), Optional.empty());
                }
            }
            case Chat.InGroup _, Chat.Status _ -> {
                stanza.attribute("to", chat.jid())
                        .attribute("participant", address)
                        .attribute("addressing_mode", chat.addressing().text());
                SenderKeyDistributionMessage key = MessageEnvelope.groupKey(
                                chat.jid(), me.groupKeys().distribution(chat.jid()))
                        .getSenderKeyDistributionMessage();
                content =
                        content.toBuilder().setSenderKeyDistributionMessage(key).build();
            }
        }
        Optional<EncryptedMessage> encrypted =
                me.sessions().encrypt(device, MessageEnvelope.seal(content, world.random()));
        encrypted.ifPresent(enc -> router.message(
                me.phone(),
                stanza.child(PhoneWriter.enc(enc, message.content()).attribute("count", count))
                        .build(),
                _ -> {}));
    }

    /** The keys that came with a retry, if they are those of this device. */
    private static Optional<PreKeyBundle> sent(Node receipt, Device device) {
        return receipt.child("keys").flatMap(keys -> {
            byte[] identity = content(keys, "identity");
            Optional<Node> signed = keys.child("skey");
            if (signed.isEmpty() || !Arrays.equals(identity, device.identityKey())) {
                return Optional.empty();
            }
            Optional<PreKeyBundle.OneTimeKey> preKey = keys.child("key")
                    .map(key -> new PreKeyBundle.OneTimeKey(
                            ServerStanzas.number(content(key, "id")), content(key, "value")));
            return Optional.of(new PreKeyBundle(
                    device.registrationId(),
                    identity,
                    ServerStanzas.number(content(signed.get(), "id")),
                    content(signed.get(), "value"),
                    content(signed.get(), "signature"),
                    preKey));
        });
    }

    private static byte[] content(Node parent, String child) {
        return parent.child(child).map(Node::content).orElse(new byte[0]);
    }
}
