package io.greenfinch.simulator.fault;

import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a fault applies to. An empty part matches everything.
 *
 * @param stanza {@code iq} for requests of clients, {@code sent-message} for their messages, else the tag of stanzas the server pushes, for example {@code notification}
 * @param xmlns namespace of the IQ, or type of the pushed stanza
 * @param type {@code get} or {@code set}: of requests only
 * @param child tag of its first child
 * @param id id of the stanza
 * @param account phone number or LID of the account
 * @param device number of the companion
 */
public record Match(
        String stanza,
        Optional<String> xmlns,
        Optional<String> type,
        Optional<String> child,
        Optional<String> id,
        Optional<String> account,
        OptionalInt device) {

    /** Requests are matched under this tag, pushed stanzas under their own. */
    public static final String IQ = "iq";

    /** Messages that clients send are matched under this name, those that they get under their own. */
    public static final String SENT_MESSAGE = "sent-message";

    /** Whether a fault for these may hit this companion. */
    public boolean hits(Party who) {
        return account.filter(text -> !text.equals(who.number()) && !text.equals(who.lid()))
                        .isEmpty()
                && (device.isEmpty() || device.getAsInt() == who.device());
    }

    boolean limited() {
        return account.isPresent() || device.isPresent();
    }

    /** Whether it may hit this stanza, which goes by this name here. */
    boolean stanza(Node node, String name) {
        String kind = node.tag().equals(IQ) ? "xmlns" : "type";
        List<Node> children = node.children();
        return name.equals(stanza)
                && (xmlns.isEmpty() || node.is(kind, xmlns.get()))
                && (type.isEmpty() || node.is("type", type.get()))
                && (id.isEmpty() || node.is("id", id.get()))
                && (child.isEmpty()
                        || (!children.isEmpty() && children.getFirst().tag().equals(child.get())));
    }
}
