package io.greenfinch.simulator.request;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.fault.Effect;
import java.util.Optional;

/**
 * A request of a companion.
 *
 * @param iq the stanza
 * @param device who asks
 * @param twist something that is to go wrong inside the answer
 */
public record IqRequest(Node iq, Companion device, Optional<Effect> twist) {

    SimulatedAccount account() {
        return device.account();
    }

    /** Whom the request is addressed to; the server if it does not say. */
    Jid to() {
        return iq.jid("to").orElse(Jid.SERVER);
    }

    /** The first child, or an empty element. */
    Node child() {
        return iq.children().isEmpty() ? Node.empty("nothing") : iq.children().getFirst();
    }
}
