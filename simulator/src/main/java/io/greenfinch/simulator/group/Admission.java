package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Whether somebody can be added to a group by somebody else (specification §16.5). */
final class Admission {

    private static final String GROUP_ADD = "groupadd";

    private final Accounts accounts;
    private final GroupRules rules;
    private final SecureRandom random;

    Admission(Accounts accounts, GroupRules rules, SecureRandom random) {
        this.accounts = accounts;
        this.rules = rules;
        this.random = random;
    }

    /** Adds the account named by {@code asked}, or says why not. */
    PersonResult admit(Group group, Account actor, Jid asked, Instant now) {
        Optional<Account> found = accounts.find(asked);
        if (found.isEmpty()) {
            return PersonResult.unknown(asked);
        }
        Account target = found.get();
        if (group.has(target)) {
            return PersonResult.refused(asked, target, Refusal.CONFLICT);
        }
        if (target.blocked().contains(actor)) {
            return PersonResult.refused(asked, target, Refusal.NOT_AUTHORIZED);
        }
        if ("none".equals(target.privacy().get(GROUP_ADD))) {
            return PersonResult.invited(asked, target, invitation());
        }
        if (leftRecently(group, target, now)) {
            return PersonResult.refused(asked, target, Refusal.REQUEST_TIMEOUT);
        }
        if (group.members().size() >= rules.members()) {
            return PersonResult.refused(asked, target, Refusal.RESOURCE_LIMIT);
        }
        group.put(target, Rank.MEMBER, now);
        return PersonResult.done(asked, target);
    }

    private boolean leftRecently(Group group, Account target, Instant now) {
        return !rules.returnPause().isZero()
                && group.departure(target)
                        .filter(left -> left.plus(rules.returnPause()).isAfter(now))
                        .isPresent();
    }

    private String invitation() {
        return String.format("%016X", random.nextLong());
    }
}
