package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Account;
import java.time.Instant;

/**
 * A member of a group.
 *
 * @param account who
 * @param role what they are in the group
 * @param since when they came in, this time
 */
public record Member(Account account, MemberRole role, Instant since) {

    Member with(MemberRole newRole) {
        return new Member(account, newRole, since);
    }
}
