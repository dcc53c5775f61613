package io.greenfinch.simulator.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import java.util.List;

/** A stanza that a device has not acknowledged, as a snapshot has it: in WABinary, but encoded no sooner than the snapshot is written. */
public record WaitingStanza(Node node) {

    @JsonCreator
    static WaitingStanza decoded(byte[] encoded) {
        return new WaitingStanza(NodeDecoder.decode(encoded));
    }

    @JsonValue
    byte[] encoded() {
        return NodeEncoder.encode(node);
    }

    static List<WaitingStanza> in(Mailbox mailbox) {
        return mailbox.waiting().stream().map(WaitingStanza::new).toList();
    }
}
