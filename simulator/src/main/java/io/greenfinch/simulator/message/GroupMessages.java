package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.GroupKind;
import io.greenfinch.simulator.group.Member;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.message.Routing.Delivery;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages to groups (specification §14.3, §14.5, §16.1). Guarded by the world's lock. */
final class GroupMessages {

    private final World world;

    GroupMessages(World world) {
        this.world = world;
    }

    /** What becomes of a message to a group; nothing is delivered yet. */
    Routing route(SentMessage message) {
        Optional<SimulatedGroup> found = world.groups().find(message.to());
        if (found.isEmpty()) {
            return Routing.refused(MessageRefusal.ITEM_NOT_FOUND);
        }
        SimulatedGroup group = found.get();
        Optional<Member> member = group.member(message.sender().account());
        if (member.isEmpty()) {
            return Routing.refused(MessageRefusal.NOT_A_MEMBER);
        }
        // Nobody chats in a community itself, but in the groups inside it.
        if (group.kind() == GroupKind.COMMUNITY
                || (group.announcement() && !member.get().role().admin())) {
            return Routing.refused(MessageRefusal.FORBIDDEN);
        }
        if (!addressed(message, group.addressing())) {
            return new Routing.Refused(MessageRefusal.STALE_ADDRESSING_MODE, Optional.of(group.addressing()));
        }
        return message.resent() ? again(message, group) : fanOut(message, group);
    }

    /** Whether the message names devices as the group does; a LID written as a phone number is found here, too. */
    private static boolean addressed(SentMessage message, Addressing mode) {
        return message.stanza()
                        .attribute("addressing_mode")
                        .filter(text -> !text.equals(mode.text()))
                        .isEmpty()
                && message.copies().stream().allMatch(copy -> addressed(copy.device(), mode));
    }

    private static boolean addressed(Jid device, Addressing mode) {
        return mode == Addressing.LID ? device.isLid() : device.isPn();
    }

    private Routing fanOut(SentMessage message, SimulatedGroup group) {
        Map<Device, List<Node>> own = new HashMap<>();
        boolean stale = false;
        for (SentMessage.Copy copy : message.copies()) {
            Optional<Device> device = world.accounts().device(copy.device());
            if (device.isEmpty() || !group.has(device.get().account())) {
                stale = true;
            } else {
                own.computeIfAbsent(device.get(), _ -> new ArrayList<>()).addAll(copy.encrypted());
            }
        }
        List<Delivery> deliveries = new ArrayList<>();
        for (SimulatedAccount account : group.accounts()) {
            for (Device device : account.devices()) {
                List<Node> encrypted = new ArrayList<>(own.getOrDefault(device, List.of()));
                encrypted.addAll(message.common());
                if (device != message.sender() && !encrypted.isEmpty()) {
                    deliveries.add(new Delivery(device, stanza(message, group, encrypted)));
                }
            }
        }
        Optional<String> told = message.stanza().attribute("phash");
        String hash = hash(group);
        stale |= told.isPresent() && !told.get().equals(hash);
        return new Routing.Accepted(deliveries, stale ? Optional.of(hash) : Optional.empty());
    }

    /** To a single device that could not read it, which must still be in the group. */
    private Routing again(SentMessage message, SimulatedGroup group) {
        Optional<Device> device = message.stanza()
                .jid("participant")
                .flatMap(world.accounts()::device)
                .filter(found -> group.has(found.account()));
        if (device.isEmpty()) {
            return Routing.refused(MessageRefusal.INVALID_DEVICE);
        }
        List<Node> encrypted = new ArrayList<>();
        message.copies().stream()
                .filter(copy -> world.accounts().device(copy.device()).equals(device))
                .forEach(copy -> encrypted.addAll(copy.encrypted()));
        encrypted.addAll(message.common());
        return new Routing.Accepted(
                List.of(new Delivery(device.get(), stanza(message, group, encrypted))), Optional.empty());
    }

    private Node stanza(SentMessage message, SimulatedGroup group, List<Node> encrypted) {
        Addressing mode = group.addressing();
        SimulatedAccount sender = message.sender().account();
        Node.Builder stanza = message.delivered(group.jid(), world.seconds())
                .attribute(
                        "participant",
                        mode.name(sender).withDevice(message.sender().number()))
                .attribute(mode == Addressing.LID ? "participant_pn" : "participant_lid", mode.alias(sender))
                .attribute("addressing_mode", mode.text());
        return message.complete(stanza, encrypted);
    }

    /** Over all devices of all members, named as the group does (specification §6). */
    private static String hash(SimulatedGroup group) {
        List<Jid> devices = new ArrayList<>();
        boolean lid = group.addressing() == Addressing.LID;
        group.accounts().forEach(account -> devices.addAll(lid ? account.deviceLids() : account.deviceAddresses()));
        return DeviceListHash.of(devices);
    }
}
