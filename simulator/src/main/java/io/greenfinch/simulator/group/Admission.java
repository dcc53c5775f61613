package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
    PersonResult admit(SimulatedGroup group, SimulatedAccount actor, Jid asked, Instant now) {
        return unless(group, actor, asked, now, target -> {
            group.put(target, MemberRole.MEMBER, now);
            return PersonResult.done(asked, target);
        });
    }

    /** Lets the account named by {@code asked} wait for the admins to decide, or says why not. Either way it is not in. */
    PersonResult propose(
            SimulatedGroup group, SimulatedAccount actor, Jid asked, Instant now, Consumer<SimulatedAccount> waits) {
        return unless(group, actor, asked, now, target -> {
            if (group.access().request(target).isPresent()) {
                return PersonResult.refused(asked, target, ServiceRefusal.CONFLICT);
            }
            if (group.access().requests().size() >= rules.members()) {
                return PersonResult.refused(asked, target, ServiceRefusal.RESOURCE_LIMIT);
            }
            group.access().put(new MembershipRequest(target, actor, MembershipRequest.Method.NON_ADMIN_ADD, now));
            waits.accept(target);
            return PersonResult.refused(asked, target, ServiceRefusal.AWAITS_APPROVAL);
        });
    }

    private PersonResult unless(
            SimulatedGroup group,
            SimulatedAccount actor,
            Jid asked,
            Instant now,
            Function<SimulatedAccount, PersonResult> otherwise) {
        Optional<SimulatedAccount> found = accounts.find(asked);
        if (found.isEmpty()) {
            return PersonResult.unknown(asked);
        }
        SimulatedAccount target = found.get();
        if (group.has(target)) {
            return PersonResult.refused(asked, target, ServiceRefusal.CONFLICT);
        }
        if (target.blocked().contains(actor)) {
            return PersonResult.refused(asked, target, ServiceRefusal.NOT_AUTHORIZED);
        }
        if ("none".equals(target.privacy().get(GROUP_ADD))) {
            PersonalInvitation invitation = invitation(actor, now);
            group.access().invite(target, invitation);
            return PersonResult.invited(asked, target, invitation);
        }
        if (leftRecently(group, target, now)) {
            return PersonResult.refused(asked, target, ServiceRefusal.REQUEST_TIMEOUT);
        }
        if (group.members().size() >= rules.members()) {
            return PersonResult.refused(asked, target, ServiceRefusal.RESOURCE_LIMIT);
        }
        return otherwise.apply(target);
    }

    private boolean leftRecently(SimulatedGroup group, SimulatedAccount target, Instant now) {
        return !rules.returnPause().isZero()
                && group.departure(target)
                        .filter(left -> left.plus(rules.returnPause()).isAfter(now))
                        .isPresent();
    }

    private PersonalInvitation invitation(SimulatedAccount inviter, Instant now) {
        Instant expiration = now.plus(PersonalInvitation.LIFE).truncatedTo(ChronoUnit.SECONDS);
        return new PersonalInvitation(inviter, String.format("%016X", random.nextLong()), expiration);
    }
}
