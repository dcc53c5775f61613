package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.message.Routing.Delivery;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Status updates (specification §14.7): whoever is told the key is who gets them, and the sender's own devices. Guarded by the world's
 * lock.
 */
final class StatusMessages {

    private final World world;

    StatusMessages(World world) {
        this.world = world;
    }

    /** What becomes of a status update; nothing is delivered yet. */
    Routing route(SentMessage message) {
        return message.resent() ? again(message) : fanOut(message);
    }

    private Routing fanOut(SentMessage message) {
        Map<Device, List<Node>> encrypted = new LinkedHashMap<>();
        message.sender().account().devices().forEach(device -> encrypted.put(device, new ArrayList<>()));
        for (SentMessage.Copy copy : message.copies()) {
            // One that was unlinked meanwhile misses nothing.
            world.accounts()
                    .device(copy.device())
                    .filter(device -> mayReach(message.sender().account(), device.account()))
                    .ifPresent(device -> encrypted
                            .computeIfAbsent(device, _ -> new ArrayList<>())
                            .addAll(copy.encrypted()));
        }
        encrypted.remove(message.sender());
        List<Delivery> deliveries = new ArrayList<>();
        encrypted.forEach((device, own) -> {
            own.addAll(message.common());
            if (!own.isEmpty()) {
                deliveries.add(new Delivery(device, stanza(message, own)));
            }
        });
        return new Routing.Accepted(deliveries, Optional.empty());
    }

    private static boolean mayReach(SimulatedAccount sender, SimulatedAccount receiver) {
        return !receiver.blocked().contains(sender);
    }

    /** To a single device that could not read it. */
    private Routing again(SentMessage message) {
        Optional<Device> device = message.stanza().jid("participant").flatMap(world.accounts()::device);
        if (device.isEmpty()) {
            return Routing.refused(MessageRefusal.INVALID_DEVICE);
        }
        List<Node> encrypted = new ArrayList<>();
        message.copies().forEach(copy -> encrypted.addAll(copy.encrypted()));
        encrypted.addAll(message.common());
        return new Routing.Accepted(List.of(new Delivery(device.get(), stanza(message, encrypted))), Optional.empty());
    }

    private Node stanza(SentMessage message, List<Node> encrypted) {
        SimulatedAccount sender = message.sender().account();
        Node.Builder stanza = message.delivered(Jid.STATUS, world.seconds())
                .attribute(
                        "participant",
                        Addressing.LID.name(sender).withDevice(message.sender().number()))
                .attribute("participant_pn", Addressing.LID.alias(sender))
                .attribute("addressing_mode", Addressing.LID.text());
        return message.complete(stanza, encrypted);
    }
}
