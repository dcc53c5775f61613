package io.greenfinch.simulator.message;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.group.Addressing;
import java.util.List;
import java.util.Optional;

/** What the service does with a message. */
sealed interface Routing {

    /**
     * It is taken.
     *
     * @param deliveries what each device gets, in this order
     * @param deviceListHash the hash over the devices that it should have been encrypted for, if those are others
     */
    record Accepted(List<Delivery> deliveries, Optional<String> deviceListHash) implements Routing {}

    /**
     * It is not.
     *
     * @param mode the addressing mode of the group, if it was another
     */
    record Refused(MessageRefusal refusal, Optional<Addressing> mode) implements Routing {}

    /** A stanza for a device. */
    record Delivery(Device to, Node stanza) {}

    static Routing refused(MessageRefusal refusal) {
        return new Refused(refusal, Optional.empty());
    }

    /** It is taken, and goes to nobody. */
    static Routing nobody() {
        return new Accepted(List.of(), Optional.empty());
    }
}
