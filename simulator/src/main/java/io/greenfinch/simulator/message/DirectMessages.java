package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.message.Routing.Delivery;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages from one person to another, or to oneself (specification §14.1, §14.2, §14.5, §14.6). Guarded by the world's lock. */
final class DirectMessages {

    private final World world;

    DirectMessages(World world) {
        this.world = world;
    }

    /** What becomes of a message to a person; nothing is delivered yet. */
    Routing route(SentMessage message) {
        Optional<SimulatedAccount> found = world.accounts().find(message.to());
        if (found.isEmpty()) {
            return Routing.refused(MessageRefusal.ITEM_NOT_FOUND);
        }
        SimulatedAccount sender = message.sender().account();
        SimulatedAccount recipient = found.get();
        if (message.peer()) {
            return recipient == sender ? peer(message) : Routing.refused(MessageRefusal.FORBIDDEN);
        }
        if (recipient.blocked().contains(sender)) {
            return Routing.refused(MessageRefusal.FORBIDDEN);
        }
        if (recipient != sender && !sender.newChats().mayWriteTo(recipient, token(message))) {
            return Routing.refused(MessageRefusal.NO_NEW_CHATS);
        }
        Routing routing = message.resent() ? again(message) : fanOut(message, recipient);
        if (routing instanceof Routing.Accepted) {
            recipient.newChats().heardFrom(sender);
        }
        return routing;
    }

    private static Optional<byte[]> token(SentMessage message) {
        return message.stanza().child("tctoken").map(Node::content);
    }

    private Routing fanOut(SentMessage message, SimulatedAccount recipient) {
        List<SentMessage.Copy> copies = new ArrayList<>(message.copies());
        if (!message.common().isEmpty()) {
            copies.add(new SentMessage.Copy(message.to(), message.common()));
        }
        SimulatedAccount sender = message.sender().account();
        Set<Device> missing = new HashSet<>(recipient.devices());
        missing.addAll(sender.devices());
        missing.remove(message.sender());
        boolean stale = false;
        List<Delivery> deliveries = new ArrayList<>();
        for (SentMessage.Copy copy : copies) {
            Optional<SimulatedAccount> owner = world.accounts().find(copy.device());
            if (owner.isEmpty() || (owner.get() != recipient && owner.get() != sender)) {
                return Routing.refused(MessageRefusal.INVALID_DEVICE);
            }
            Optional<Device> device = owner.get().device(copy.device().device());
            if (device.isPresent() && missing.remove(device.get())) {
                deliveries.add(new Delivery(device.get(), stanza(message, device.get(), copy.encrypted())));
            } else {
                stale = true;
            }
        }
        stale |= !missing.isEmpty();
        return new Routing.Accepted(deliveries, stale ? Optional.of(hash(message, recipient)) : Optional.empty());
    }

    /** To a single device that could not read it. */
    private Routing again(SentMessage message) {
        List<Node> encrypted = new ArrayList<>();
        message.copies().forEach(copy -> encrypted.addAll(copy.encrypted()));
        encrypted.addAll(message.common());
        return world.accounts()
                .device(message.to())
                .<Routing>map(device -> new Routing.Accepted(
                        List.of(new Delivery(device, stanza(message, device, encrypted))), Optional.empty()))
                .orElseGet(() -> Routing.refused(MessageRefusal.INVALID_DEVICE));
    }

    private Node stanza(SentMessage message, Device to, List<Node> encrypted) {
        Device sender = message.sender();
        Addressing mode = mode(message);
        Jid from = mode.name(sender.account()).withDevice(sender.number());
        Node.Builder stanza = message.delivered(from, world.seconds());
        if (to.account() == sender.account()) {
            Optional<SimulatedAccount> chat = message.stanza()
                    .jid("recipient")
                    .or(() -> Optional.of(message.to()))
                    .flatMap(world.accounts()::find);
            chat.ifPresent(account -> stanza.attribute("recipient", mode.name(account))
                    .attribute(
                            mode == Addressing.LID ? "peer_recipient_pn" : "peer_recipient_lid", mode.alias(account)));
        } else {
            stanza.attribute(mode == Addressing.LID ? "sender_pn" : "sender_lid", mode.alias(sender.account()));
        }
        return message.complete(stanza, encrypted);
    }

    private Routing peer(SentMessage message) {
        Optional<Device> device = world.accounts().device(message.to());
        if (device.isEmpty() || message.common().isEmpty()) {
            return Routing.refused(device.isEmpty() ? MessageRefusal.INVALID_DEVICE : MessageRefusal.BAD_REQUEST);
        }
        Device sender = message.sender();
        Node stanza = message.complete(
                message.delivered(sender.pn(), world.seconds())
                        .attribute("peer_recipient_lid", sender.account().lid()),
                message.common());
        return new Routing.Accepted(List.of(new Delivery(device.get(), stanza)), Optional.empty());
    }

    /** Over all devices that a client should know of: those of both sides, its own included (specification §6). */
    private static String hash(SentMessage message, SimulatedAccount recipient) {
        Set<Device> devices = new HashSet<>(recipient.devices());
        devices.addAll(message.sender().account().devices());
        boolean lid = mode(message) == Addressing.LID;
        return DeviceListHash.of(
                devices.stream().map(device -> lid ? device.lid() : device.pn()).toList());
    }

    private static Addressing mode(SentMessage message) {
        return message.to().isLid() ? Addressing.LID : Addressing.PN;
    }
}
