package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Links and invitation messages with which people join groups by themselves (specification §16.7). Guarded by the world's lock. */
public final class Invitations {

    private final Groups groups;
    private final Accounts accounts;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<GroupChange> changes;

    public Invitations(Groups groups, Accounts accounts, GroupRules rules, Clock clock, Consumer<GroupChange> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.rules = rules;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * How joining ended.
     *
     * @param pending whether the admins have to decide first
     */
    public record Entry(Group group, boolean pending) {}

    /** The code of a group's link, for admins, or for all members where that is so. */
    public Verdict<String> code(Account actor, Jid jid) {
        return groups.ofMember(actor, jid)
                .then(group -> group.door().membersLink() ? Verdict.granted(group) : groups.ofAdmin(actor, jid))
                .then(group -> Verdict.granted(group.door().code()));
    }

    /** Gives a group another code; the old one is good for nothing any more. Admins may, and hear of it. */
    public Verdict<String> reset(Account actor, Jid jid) {
        return groups.ofAdmin(actor, jid).then(group -> {
            group.door().renew(groups.freeInviteCode());
            changes.accept(new GroupChange.LinkReset(
                    new GroupChange.Scene(group, actor, clock.instant(), group.admins()),
                    group.door().code()));
            return Verdict.granted(group.door().code());
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
    public Verdict<Entry> join(Account account, String code) {
        return find(code).then(group -> {
            if (group.kind() != GroupKind.GROUP) {
                return Verdict.refused(Refusal.FORBIDDEN);
            }
            if (group.door().banished().contains(account)) {
                return Verdict.refused(Refusal.NOT_ALLOWED);
            }
            return enter(
                    group,
                    new JoinRequest(account, account, JoinRequest.Method.INVITE_LINK, clock.instant()),
                    group.door().approval());
        });
    }

    /**
     * The group that a personal invitation leads to. Refused with 406 when the account has no such invitation, 410 when its time is
     * over or its inviter is no longer a member.
     */
    public Verdict<Group> find(Account account, Jid jid, Jid inviter, String code) {
        return groups.existing(jid).then(group -> {
            Optional<PersonalInvitation> mine = group.door()
                    .invitation(account)
                    .filter(own -> own.code().equals(code))
                    .filter(own -> accounts.find(inviter).orElse(null) == own.inviter());
            if (mine.isEmpty()) {
                return Verdict.refused(Refusal.NOT_ACCEPTABLE);
            }
            boolean good = mine.get().expiration().isAfter(clock.instant())
                    && group.has(mine.get().inviter());
            return good ? Verdict.granted(group) : Verdict.refused(Refusal.GONE);
        });
    }

    /** Joins a group by a personal invitation. Where admins decide who comes in, only an admin's invitation is enough. */
    public Verdict<Entry> accept(Account account, Jid jid, Jid inviter, String code) {
        return find(account, jid, inviter, code).then(group -> {
            Account by = accounts.find(inviter).orElse(account);
            return enter(
                    group,
                    new JoinRequest(account, by, JoinRequest.Method.NON_ADMIN_ADD, clock.instant()),
                    group.door().approval() && !group.isAdmin(by));
        });
    }

    /** Takes back personal invitations: admins may. Who has none is a 404. */
    public Verdict<List<PersonResult>> revoke(Account actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.ofAdmin(actor, jid)).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid asked : people) {
                results.add(accounts.find(asked)
                        .map(person -> group.door().uninvite(person)
                                ? PersonResult.done(asked, person)
                                : PersonResult.refused(asked, person, Refusal.ITEM_NOT_FOUND))
                        .orElseGet(() -> PersonResult.unknown(asked)));
            }
            return Verdict.granted(results);
        });
    }

    private Verdict<Entry> enter(Group group, JoinRequest wish, boolean decided) {
        Account account = wish.person();
        if (group.has(account)) {
            return Verdict.refused(Refusal.NOT_MODIFIED);
        }
        if (group.members().size() >= rules.members()) {
            return Verdict.refused(Refusal.RESOURCE_LIMIT);
        }
        if (decided) {
            return ask(group, wish);
        }
        Instant now = wish.at();
        group.put(account, Rank.MEMBER, now);
        changes.accept(new GroupChange.Added(
                new GroupChange.Scene(group, account, now, group.accounts()), List.of(account), group.step(now)));
        return Verdict.granted(new Entry(group, false));
    }

    private Verdict<Entry> ask(Group group, JoinRequest wish) {
        if (group.door().request(wish.person()).isPresent()) {
            return Verdict.refused(Refusal.CONFLICT);
        }
        if (group.door().requests().size() >= rules.members()) {
            return Verdict.refused(Refusal.RESOURCE_LIMIT);
        }
        group.door().put(wish);
        changes.accept(new GroupChange.Requested(
                new GroupChange.Scene(group, wish.requestor(), wish.at(), group.admins()),
                wish.method(),
                List.of(wish.person())));
        return Verdict.granted(new Entry(group, true));
    }
}
