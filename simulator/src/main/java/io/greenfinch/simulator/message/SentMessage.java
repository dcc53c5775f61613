package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message as a device sent it (specification §14.1, §14.3).
 *
 * @param sender the device
 * @param stanza all of it
 * @param id its id, unique for the sender
 * @param to where it goes
 * @param copies what is encrypted for one device each
 * @param common what is encrypted for everybody, or for the one device that it goes to
 */
record SentMessage(Device sender, Node stanza, String id, Jid to, List<Copy> copies, List<Node> common) {

    /** Clients' ids have 18 to 32 characters. */
    static final int LONGEST_ID = 128;

    private static final Set<String> PASSED_ON = Set.of("edit", "category", "push_priority");
    private static final Set<String> FOR_THE_SERVICE =
            Set.of("participants", "enc", "device-identity", "tctoken", "cstoken");

    /** What one device is to get. */
    record Copy(Jid device, List<Node> encrypted) {}

    /** Reads a message; empty when it has no id or address, or nothing to deliver. */
    static Optional<SentMessage> of(Device sender, Node stanza) {
        Optional<String> id = stanza.attribute("id").filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID);
        Optional<Jid> to = stanza.jid("to");
        if (id.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        List<Copy> copies = new ArrayList<>();
        Optional<Node> participants = stanza.child("participants");
        for (Node each : participants.map(Node::children).orElse(List.of())) {
            Optional<Jid> device = each.jid("jid");
            List<Node> encrypted = each.children("enc");
            if (device.isEmpty() || encrypted.isEmpty() || !each.tag().equals("to")) {
                return Optional.empty();
            }
            copies.add(new Copy(device.get(), encrypted));
        }
        List<Node> common = stanza.children("enc");
        return participants.isEmpty() && common.isEmpty()
                ? Optional.empty()
                : Optional.of(new SentMessage(sender, stanza, id.get(), to.get(), copies, common));
    }

    /** Whether it goes again to one device that could not read it (specification §14.5). */
    boolean resent() {
        return stanza.is("device_fanout", "false") || stanza.has("participant");
    }

    /** Whether it is between devices of one account, and in no chat (specification §14.6). */
    boolean peer() {
        return stanza.is("category", "peer");
    }

    /** What every device gets of it, with attributes still to come; {@code from} is the chat or the sending device. */
    Node.Builder delivered(Jid from, long seconds) {
        Node.Builder node = Node.element("message").attribute("from", from).attribute("id", id);
        node.attribute("t", seconds).attribute("type", stanza.attribute("type").orElse("text"));
        stanza.attributes().forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                node.attribute(name, value);
            }
        });
        return node.attribute("notify", sender.account().pushName().orElse(""));
    }

    /** Adds what is encrypted for a device, the proof of the sender's identity if a session starts with it, and what else there is. */
    Node complete(Node.Builder delivered, List<Node> encrypted) {
        delivered.children(encrypted);
        if (encrypted.stream().anyMatch(enc -> enc.is("type", "pkmsg"))) {
            stanza.child("device-identity").ifPresent(delivered::child);
        }
        stanza.children().stream()
                .filter(child -> !FOR_THE_SERVICE.contains(child.tag()))
                .forEach(delivered::child);
        return delivered.build();
    }
}
