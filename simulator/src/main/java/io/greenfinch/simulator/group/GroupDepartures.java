package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Leaving groups and communities (specification §17, §19). Guarded by the world's lock. */
public final class GroupDepartures {

    private final GroupDirectory groups;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public GroupDepartures(GroupDirectory groups, Clock clock, Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * Leaves one group. Refused with 404 for a group that never was, 403 for one the account is not in, 405 for a community,
     * which is left in {@linkplain #leaveCommunity another way}, and for its announcement group, which can't be left alone.
     */
    public LeaveResult leave(SimulatedAccount account, Jid jid) {
        return switch (groups.ofMember(account, jid)) {
            case ServiceDecision.Refused<SimulatedGroup>(ServiceRefusal refusal) -> LeaveResult.refused(jid, refusal);
            case ServiceDecision.Granted<SimulatedGroup>(SimulatedGroup group) -> {
                if (group.kind() != GroupKind.GROUP) {
                    yield LeaveResult.refused(jid, ServiceRefusal.NOT_ALLOWED);
                }
                depart(group, account);
                yield LeaveResult.left(jid);
            }
        };
    }

    /**
     * Leaves a community with all its groups. Refused with 404 for what is no community, 403 for one the account is not in, 405
     * for its owner, who would have to hand it over or close it.
     */
    public LeaveResult leaveCommunity(SimulatedAccount account, Jid jid) {
        return switch (groups.ofMember(account, jid)) {
            case ServiceDecision.Refused<SimulatedGroup>(ServiceRefusal refusal) -> LeaveResult.refused(jid, refusal);
            case ServiceDecision.Granted<SimulatedGroup>(SimulatedGroup community) -> {
                if (community.kind() != GroupKind.COMMUNITY) {
                    yield LeaveResult.refused(jid, ServiceRefusal.ITEM_NOT_FOUND);
                }
                if (community.member(account).map(Member::role).orElse(MemberRole.MEMBER) == MemberRole.SUPER_ADMIN) {
                    yield LeaveResult.refused(jid, ServiceRefusal.NOT_ALLOWED);
                }
                groups.inside(community).stream()
                        .filter(group -> group.has(account))
                        .forEach(group -> depart(group, account));
                depart(community, account);
                yield LeaveResult.left(jid);
            }
        };
    }

    /** Everybody who was a member hears of it; those who remain also hear who is admin now, if nobody was left to be. */
    private void depart(SimulatedGroup group, SimulatedAccount account) {
        Instant now = clock.instant();
        List<SimulatedAccount> before = group.accounts();
        group.remove(account, now);
        changes.accept(new SimulatedGroupEvent.Removed(
                new SimulatedGroupEvent.Context(group, account, now, before), List.of(account), group.step(now)));
        if (!group.admins().isEmpty()) {
            return;
        }
        Optional<Member> heir = group.members().stream().findFirst();
        heir.map(Member::account).ifPresent(successor -> {
            group.role(successor, MemberRole.ADMIN);
            changes.accept(new SimulatedGroupEvent.Promoted(
                    new SimulatedGroupEvent.Context(group, account, now, group.accounts()),
                    List.of(successor),
                    group.step(now)));
        });
    }
}
