package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;

/**
 * A member of a group.
 *
 * @param account who
 * @param role what they are in the group
 * @param since when they came in, this time
 */
public record Member(SimulatedAccount account, MemberRole role, Instant since) {

    Member with(MemberRole newRole) {
        return new Member(account, newRole, since);
    }
}
