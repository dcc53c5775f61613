package io.greenfinch.client.message;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;

/** A stanza with the words of messages and receipts, and values that a fuzzer chooses. */
final class FuzzedStanza {

    private static final List<String> ATTRIBUTES = List.of(
            "id",
            "from",
            "participant",
            "recipient",
            "participant_lid",
            "participant_pn",
            "sender_lid",
            "sender_pn",
            "peer_recipient_lid",
            "peer_recipient_pn",
            "jid",
            "type",
            "category",
            "t",
            "notify",
            "offline",
            "count",
            "key",
            "v");
    private static final List<String> TAGS = List.of(
            "enc",
            "retry",
            "keys",
            "registration",
            "identity",
            "skey",
            "key",
            "value",
            "signature",
            "list",
            "item",
            "participants",
            "user",
            "unavailable",
            "device-identity");
    private static final List<String> WORDS = List.of(
            "msg",
            "pkmsg",
            "skmsg",
            "read",
            "read-self",
            "played",
            "retry",
            "inactive",
            "sender",
            "peer",
            "peer_msg",
            "1795400000",
            "-1",
            "0",
            "99999999999999999999",
            "");

    private final FuzzedDataProvider data;
    private final List<Jid> jids;
    private int left = 200;

    FuzzedStanza(FuzzedDataProvider data, List<Jid> jids) {
        this.data = data;
        this.jids = jids;
    }

    /** An element with any children. */
    Node.Builder element(String tag) {
        return children(attributes(Node.element(tag)), 3);
    }

    /** Attributes, each at most once. */
    Node.Builder attributes(Node.Builder element) {
        for (String name : ATTRIBUTES) {
            if (data.remainingBytes() == 0) {
                return element;
            }
            switch (data.consumeInt(0, 4)) {
                case 0 -> element.attribute(name, data.pickValue(jids));
                case 1 -> element.attribute(name, data.pickValue(WORDS));
                case 2 -> element.attribute(name, data.consumeString(300));
                default -> {
                    // It has none.
                }
            }
        }
        return element;
    }

    private Node.Builder children(Node.Builder parent, int depth) {
        for (int i = data.consumeInt(0, 4); i > 0 && left > 0 && data.remainingBytes() > 0; i--) {
            left--;
            Node.Builder child = attributes(Node.element(data.pickValue(TAGS)));
            if (depth == 0 || data.consumeBoolean()) {
                child.bytes(data.consumeBytes(data.consumeInt(0, 100)));
            } else {
                children(child, depth - 1);
            }
            parent.child(child.build());
        }
        return parent;
    }
}
