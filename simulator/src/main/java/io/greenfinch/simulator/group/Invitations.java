package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Links with which people join groups by themselves (specification §16.7). Guarded by the world's lock. */
public final class Invitations {

    private final Groups groups;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<GroupChange> changes;

    public Invitations(Groups groups, GroupRules rules, Clock clock, Consumer<GroupChange> changes) {
        this.groups = groups;
        this.rules = rules;
        this.clock = clock;
        this.changes = changes;
    }

    /** The code of a group's link, for admins. */
    public Verdict<String> code(Account actor, Jid jid) {
        return ruled(actor, jid).then(group -> Verdict.granted(group.inviteCode()));
    }

    /** Gives a group another code; the old one is good for nothing any more. Admins may, and hear of it. */
    public Verdict<String> reset(Account actor, Jid jid) {
        return ruled(actor, jid).then(group -> {
            groups.renewInviteCode(group);
            List<Account> admins = group.members().stream()
                    .filter(member -> member.rank().admin())
                    .map(Member::account)
                    .toList();
            changes.accept(new GroupChange.LinkReset(
                    new GroupChange.Scene(group, actor, clock.instant(), admins), group.inviteCode()));
            return Verdict.granted(group.inviteCode());
        });
    }

    /** The group that a code leads to. */
    public Verdict<Group> find(String code) {
        if (groups.revoked(code)) {
            return Verdict.refused(Refusal.GONE);
        }
        Optional<Group> group = groups.byInviteCode(code);
        if (group.isEmpty()) {
            return Verdict.refused(Refusal.NOT_ACCEPTABLE);
        }
        return group.get().members().isEmpty() ? Verdict.refused(Refusal.ITEM_NOT_FOUND) : Verdict.granted(group.get());
    }

    /** Joins a group by its code. Who was removed from it can't; who left can. */
    public Verdict<Group> join(Account account, String code) {
        return find(code).then(group -> {
            if (group.kind() != GroupKind.GROUP) {
                return Verdict.refused(Refusal.FORBIDDEN);
            }
            if (group.has(account)) {
                return Verdict.refused(Refusal.NOT_MODIFIED);
            }
            if (group.banished(account)) {
                return Verdict.refused(Refusal.NOT_ALLOWED);
            }
            if (group.members().size() >= rules.members()) {
                return Verdict.refused(Refusal.RESOURCE_LIMIT);
            }
            Instant now = clock.instant();
            group.put(account, Rank.MEMBER, now);
            changes.accept(new GroupChange.Added(
                    new GroupChange.Scene(group, account, now, group.accounts()), List.of(account), group.step(now)));
            return Verdict.granted(group);
        });
    }

    private Verdict<Group> ruled(Account actor, Jid jid) {
        return groups.ofMember(actor, jid)
                .then(group -> group.member(actor)
                                .filter(member -> member.rank().admin())
                                .isPresent()
                        ? Verdict.granted(group)
                        : Verdict.refused(Refusal.NOT_AUTHORIZED));
    }
}
