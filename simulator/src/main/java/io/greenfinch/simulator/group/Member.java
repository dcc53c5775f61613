package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Account;
import java.time.Instant;

/**
 * A member of a group.
 *
 * @param account who
 * @param rank what they are in the group
 * @param since when they came in, this time
 */
public record Member(Account account, Rank rank, Instant since) {

    Member with(Rank newRank) {
        return new Member(account, newRank, since);
    }
}
