package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import io.greenfinch.simulator.message.Routing.Delivery;
import io.greenfinch.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Receipts on their way from who got a message to who sent it (specification §15.1, §15.2, §15.3). Guarded by the world's lock. */
final class Receipts {

    private static final String RETRY = "retry";

    /** Clients put 256 into one receipt at most. */
    private static final int MOST_IDS = 1000;

    /** Between an account's own devices and the service: nobody else hears of them. */
    private static final Set<String> SILENT = Set.of("peer_msg", "hist_sync");

    /** Of a file that can't be fetched: the account's phone is asked for it (§20.5). */
    private static final String SERVER_ERROR = "server-error";

    /** Of reading: the reader's other devices are to know, too. */
    private static final Set<String> READING = Set.of("read", "played", "read-self", "played-self");

    private static final Set<String> FOR_THE_READER_ONLY = Set.of("read-self", "played-self");
    private static final List<String> PARTS = List.of(RETRY, "registration", "keys");

    private final World world;
    private final MessageCounts counts;

    Receipts(World world, MessageCounts counts) {
        this.world = world;
        this.counts = counts;
    }

    /** What each device hears of a receipt. */
    List<Delivery> route(Device receiver, Node receipt) {
        String type = receipt.attribute("type").orElse("");
        String id = receipt.attribute("id").orElse("");
        Optional<Jid> to = receipt.jid("to");
        if (to.isEmpty() || id.isEmpty() || SILENT.contains(type) || tooLong(receipt, id)) {
            return List.of();
        }
        if (type.equals(SERVER_ERROR)) {
            return toOwnPhone(receiver, receipt, to.get());
        }
        if (to.get().isStatus()) {
            return ofStatus(receiver, receipt, id, type);
        }
        return to.get().isGroup()
                ? ofGroup(receiver, receipt, id, type, to.get())
                : ofPerson(receiver, receipt, id, type, to.get());
    }

    private List<Delivery> toOwnPhone(Device receiver, Node receipt, Jid to) {
        return world.accounts().find(to).filter(receiver.account()::equals).isEmpty()
                ? List.of()
                : List.of(new Delivery(
                        receiver.account().phone(),
                        forwarded(receipt, SERVER_ERROR, to.withDevice(receiver.number()))
                                .children(receipt.children())
                                .build()));
    }

    private static boolean tooLong(Node receipt, String id) {
        List<Node> more = receipt.child("list").map(Node::children).orElse(List.of());
        return more.size() > MOST_IDS
                || id.length() > SentMessage.LONGEST_ID
                || more.stream()
                        .anyMatch(item -> item.attribute("id").orElse("").length() > SentMessage.LONGEST_ID);
    }

    private List<Delivery> ofPerson(Device receiver, Node receipt, String id, String type, Jid to) {
        Addressing mode = to.isLid() ? Addressing.LID : Addressing.PN;
        Jid from = mode.name(receiver.account()).withDevice(receiver.number());
        Optional<Jid> recipient = receipt.jid("recipient");
        List<Delivery> deliveries = new ArrayList<>();
        for (Device device : audience(receiver, id, type, to)) {
            deliveries.add(new Delivery(
                    device,
                    forwarded(receipt, type, from)
                            .attribute("recipient", recipient)
                            .build()));
        }
        if (READING.contains(type)
                && world.accounts().find(to).filter(receiver.account()::equals).isEmpty()) {
            others(receiver)
                    .forEach(device -> deliveries.add(new Delivery(
                            device,
                            forwarded(receipt, type, from)
                                    .attribute("recipient", to.account())
                                    .build())));
        }
        return deliveries;
    }

    private List<Delivery> ofGroup(Device receiver, Node receipt, String id, String type, Jid to) {
        Optional<SimulatedGroup> group = world.groups().find(to).filter(found -> found.has(receiver.account()));
        Optional<Jid> author = receipt.jid("participant");
        if (group.isEmpty() || author.isEmpty()) {
            return List.of();
        }
        return inOnePlace(
                receiver,
                receipt,
                id,
                type,
                author.get(),
                group.get().jid(),
                group.get().addressing());
    }

    private List<Delivery> ofStatus(Device receiver, Node receipt, String id, String type) {
        return receipt.jid("participant")
                .map(author -> inOnePlace(receiver, receipt, id, type, author, Jid.STATUS, Addressing.LID))
                .orElse(List.of());
    }

    private List<Delivery> inOnePlace(
            Device receiver, Node receipt, String id, String type, Jid author, Jid place, Addressing addressing) {
        Jid participant = addressing.name(receiver.account()).withDevice(receiver.number());
        Node stanza = forwarded(receipt, type, place)
                .attribute("participant", participant)
                .build();
        List<Device> audience = audience(receiver, id, type, author);
        List<Delivery> deliveries = new ArrayList<>();
        audience.stream().distinct().forEach(device -> deliveries.add(new Delivery(device, stanza)));
        if (READING.contains(type)) {
            // To the reader's own devices it says whose message it was (specification §15.2).
            Optional<Jid> whose = world.accounts().find(author).map(addressing::name);
            Node own = stanza.toBuilder().attribute("recipient", whose).build();
            others(receiver).stream()
                    .filter(device -> !audience.contains(device))
                    .forEach(device -> deliveries.add(new Delivery(device, own)));
        }
        return deliveries;
    }

    /** The devices of who sent the message: all of them, or the one that is to send it again. */
    private List<Device> audience(Device receiver, String id, String type, Jid author) {
        if (FOR_THE_READER_ONLY.contains(type)) {
            return List.of();
        }
        if (type.equals(RETRY)) {
            counts.retry();
            Optional<Device> sender = world.accounts().device(author).filter(device -> device != receiver);
            sender.ifPresent(device -> device.recentIds().askedFor(id, receiver));
            return sender.stream().toList();
        }
        Optional<SimulatedAccount> account = world.accounts().find(author);
        return account.map(SimulatedAccount::devices).orElse(List.of()).stream()
                .filter(device -> device != receiver)
                .toList();
    }

    private static List<Device> others(Device receiver) {
        return receiver.account().devices().stream()
                .filter(device -> device != receiver)
                .toList();
    }

    private Node.Builder forwarded(Node receipt, String type, Jid from) {
        Node.Builder node = Node.element("receipt")
                .attribute("from", from)
                .attribute("id", receipt.attribute("id").orElseThrow())
                .attribute("t", world.seconds())
                .attribute("type", type);
        receipt.child("list").ifPresent(node::child);
        if (type.equals(RETRY)) {
            PARTS.forEach(part -> receipt.child(part).ifPresent(node::child));
        }
        return node;
    }
}
