package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.util.Optional;

/** Our {@code <ack>} to what the server pushed (specification §15.4). */
public final class Acknowledgement {

    private Acknowledgement() {}

    /**
     * The answer to a stanza.
     *
     * @param error what kept us from taking it; 0 for nothing
     */
    public static Node of(Node stanza, int error) {
        Node.Builder ack = Node.element("ack").attribute("class", stanza.tag());
        copy(stanza, "id", "id", ack);
        copy(stanza, "from", "to", ack);
        copy(stanza, "participant", "participant", ack);
        copy(stanza, "recipient", "recipient", ack);
        if (stanza.tag().equals("call")) {
            // It has no type of its own: what it is about is the element inside (§25).
            stanza.children().stream().findFirst().ifPresent(inside -> ack.attribute("type", inside.tag()));
        } else if (!stanza.tag().equals("message")) {
            copy(stanza, "type", "type", ack);
        }
        if (error != 0) {
            ack.attribute("error", error);
        }
        return ack.build();
    }

    /** Puts an attribute of one stanza into another, under another name, if it is there. */
    public static void copy(Node from, String name, String as, Node.Builder to) {
        to.attribute(as, Optional.ofNullable(from.attributes().get(name)));
    }
}
