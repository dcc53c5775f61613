package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Addressing;
import io.greenfinch.simulator.group.SimulatedGroup;
import java.util.List;

/** Where a phone reads and writes messages. */
public sealed interface Chat {

    /**
     * With one other person, or with oneself.
     *
     * @param mode by which of the two aliases people are named in it
     */
    record Direct(SimulatedAccount other, Addressing mode) implements Chat {}

    /** In a group. */
    record InGroup(SimulatedGroup group) implements Chat {}

    /**
     * Where status updates are.
     *
     * @param audience who may see one, of those that the phone's owner posts
     */
    record Status(List<SimulatedAccount> audience) implements Chat {}

    /** Its address. */
    default Jid jid() {
        return switch (this) {
            case Direct(SimulatedAccount other, Addressing mode) -> mode.name(other);
            case InGroup(SimulatedGroup group) -> group.jid();
            case Status _ -> Jid.STATUS;
        };
    }

    /** How people are named in it. */
    default Addressing addressing() {
        return switch (this) {
            case Direct(SimulatedAccount _, Addressing mode) -> mode;
            case InGroup(SimulatedGroup group) -> group.addressing();
            case Status _ -> Addressing.LID;
        };
    }
}
