package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.OptionalInt;

/**
 * What came of leaving one of the groups a request named (specification §17.1).
 *
 * @param group the address in the request
 * @param error the code of a refusal; empty when the group was left
 */
public record LeaveResult(Jid group, OptionalInt error) {

    static LeaveResult left(Jid group) {
        return new LeaveResult(group, OptionalInt.empty());
    }

    static LeaveResult refused(Jid group, ServiceRefusal refusal) {
        return new LeaveResult(group, OptionalInt.of(refusal.code()));
    }
}
