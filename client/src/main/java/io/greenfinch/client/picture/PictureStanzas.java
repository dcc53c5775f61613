package io.greenfinch.client.picture;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;

/** The requests about pictures, as stanzas without ids (specification §16.6, §25). */
final class PictureStanzas {

    private static final String TYPE = "type";

    private PictureStanzas() {}

    static Node get(Jid subject, PictureSize size) {
        return request("get")
                .attribute("target", subject)
                .child(picture().attribute(TYPE, size.wire()).attribute("query", "url"))
                .build();
    }

    /** Our own picture has no target. */
    static Node set(Jid subject, byte[] jpeg) {
        return change(subject)
                .child(picture().attribute(TYPE, PictureSize.IMAGE.wire()).bytes(jpeg))
                .build();
    }

    static Node remove(Jid subject) {
        return change(subject).build();
    }

    private static Node.Builder change(Jid subject) {
        Node.Builder change = request("set");
        return subject.isGroup() ? change.attribute("target", subject) : change;
    }

    private static Node.Builder request(String type) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute(TYPE, type)
                .attribute("xmlns", "w:profile:picture");
    }

    private static Node.Builder picture() {
        return Node.element("picture");
    }
}
