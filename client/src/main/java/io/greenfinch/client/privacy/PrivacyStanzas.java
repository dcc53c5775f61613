package io.greenfinch.client.privacy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.Map;
import java.util.Optional;

/** The requests, as stanzas without ids (specification §25). */
final class PrivacyStanzas {

    private static final String PRIVACY = "privacy";
    private static final String BLOCKLIST = "blocklist";

    private PrivacyStanzas() {}

    static Node blocked() {
        return request("get", BLOCKLIST).build();
    }

    /**
     * Blocks somebody or takes that back.
     *
     * @param number theirs, which goes along when they are blocked
     */
    static Node block(Jid person, Optional<Jid> number, boolean blocked) {
        Node.Builder item = Node.element("item")
                .attribute("action", blocked ? "block" : "unblock")
                .attribute("jid", person);
        if (blocked) {
            number.ifPresent(pn -> item.attribute("pn_jid", pn));
        }
        return request("set", BLOCKLIST).child(item).build();
    }

    static Node settings() {
        return request("get", PRIVACY).child(Node.empty(PRIVACY)).build();
    }

    static Node change(Map<String, String> settings) {
        Node.Builder privacy = Node.element(PRIVACY);
        settings.forEach((name, value) ->
                privacy.child(Node.element("category").attribute("name", name).attribute("value", value)));
        return request("set", PRIVACY).child(privacy).build();
    }

    private static Node.Builder request(String type, String xmlns) {
        return Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("xmlns", xmlns);
    }
}
