package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Links and invitation messages with which people join groups by themselves (specification §16.7). Guarded by the world's lock. */
public final class Invitations {

    private final GroupDirectory groups;
    private final Accounts accounts;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public Invitations(
            GroupDirectory groups,
            Accounts accounts,
            GroupRules rules,
            Clock clock,
            Consumer<SimulatedGroupEvent> changes) {
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
    public record Entry(SimulatedGroup group, boolean pending) {}

    /** The code of a group's link, for admins, or for all members where that is so. */
    public ServiceDecision<String> code(SimulatedAccount actor, Jid jid) {
        return groups.ofMember(actor, jid)
                .then(group ->
                        group.access().membersLink() ? ServiceDecision.granted(group) : groups.ofAdmin(actor, jid))
                .then(group -> ServiceDecision.granted(group.access().code()));
    }

    /** Gives a group another code; the old one is good for nothing any more. Admins may, and hear of it. */
    public ServiceDecision<String> reset(SimulatedAccount actor, Jid jid) {
        return groups.ofAdmin(actor, jid).then(group -> {
            group.access().renew(groups.freeInviteCode());
            changes.accept(new SimulatedGroupEvent.LinkReset(
                    new SimulatedGroupEvent.Context(group, actor, clock.instant(), group.admins()),
                    group.access().code()));
            return ServiceDecision.granted(group.access().code());
        });
    }

    /** The group that a code leads to. */
    public ServiceDecision<SimulatedGroup> find(String code) {
        if (groups.revoked(code)) {
            return ServiceDecision.refused(ServiceRefusal.GONE);
        }
        Optional<SimulatedGroup> group = groups.byInviteCode(code);
        if (group.isEmpty()) {
            return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
        }
        return group.get().members().isEmpty()
                ? ServiceDecision.refused(ServiceRefusal.ITEM_NOT_FOUND)
                : ServiceDecision.granted(group.get());
    }

    /** Joins a group by its code. Who was removed from it can't; who left can. */
    public ServiceDecision<Entry> join(SimulatedAccount account, String code) {
        return find(code).then(group -> {
            if (group.kind() != GroupKind.GROUP) {
                return ServiceDecision.refused(ServiceRefusal.FORBIDDEN);
            }
            if (group.access().banished().contains(account)) {
                return ServiceDecision.refused(ServiceRefusal.NOT_ALLOWED);
            }
            return enter(
                    group,
                    new MembershipRequest(account, account, MembershipRequest.Method.INVITE_LINK, clock.instant()),
                    group.access().approval());
        });
    }

    /**
     * The group that a personal invitation leads to. Refused with 406 when the account has no such invitation, 410 when its time is
     * over or its inviter is no longer a member.
     */
    public ServiceDecision<SimulatedGroup> find(SimulatedAccount account, Jid jid, Jid inviter, String code) {
        return groups.existing(jid).then(group -> {
            Optional<PersonalInvitation> mine = group.access()
                    .invitation(account)
                    .filter(own -> own.code().equals(code))
                    .filter(own -> accounts.find(inviter).orElse(null) == own.inviter());
            if (mine.isEmpty()) {
                return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
            }
            boolean good = mine.get().expiration().isAfter(clock.instant())
                    && group.has(mine.get().inviter());
            return good ? ServiceDecision.granted(group) : ServiceDecision.refused(ServiceRefusal.GONE);
        });
    }

    /** Joins a group by a personal invitation. Where admins decide who comes in, only an admin's invitation is enough. */
    public ServiceDecision<Entry> accept(SimulatedAccount account, Jid jid, Jid inviter, String code) {
        return find(account, jid, inviter, code).then(group -> {
            SimulatedAccount by = accounts.find(inviter).orElse(account);
            return enter(
                    group,
                    new MembershipRequest(account, by, MembershipRequest.Method.NON_ADMIN_ADD, clock.instant()),
                    group.access().approval() && !group.isAdmin(by));
        });
    }

    /** Takes back personal invitations: admins may. Who has none is a 404. */
    public ServiceDecision<List<PersonResult>> revoke(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.ofAdmin(actor, jid)).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid asked : people) {
                results.add(accounts.find(asked)
                        .map(person -> group.access().uninvite(person)
                                ? PersonResult.done(asked, person)
                                : PersonResult.refused(asked, person, ServiceRefusal.ITEM_NOT_FOUND))
                        .orElseGet(() -> PersonResult.unknown(asked)));
            }
            return ServiceDecision.granted(results);
        });
    }

    private ServiceDecision<Entry> enter(SimulatedGroup group, MembershipRequest wish, boolean decided) {
        SimulatedAccount account = wish.person();
        if (group.has(account)) {
            return ServiceDecision.refused(ServiceRefusal.NOT_MODIFIED);
        }
        if (group.members().size() >= rules.members()) {
            return ServiceDecision.refused(ServiceRefusal.RESOURCE_LIMIT);
        }
        if (decided) {
            return ask(group, wish);
        }
        Instant now = wish.at();
        group.put(account, MemberRole.MEMBER, now);
        changes.accept(new SimulatedGroupEvent.Added(
                new SimulatedGroupEvent.Context(group, account, now, group.accounts()),
                List.of(account),
                group.step(now)));
        return ServiceDecision.granted(new Entry(group, false));
    }

    private ServiceDecision<Entry> ask(SimulatedGroup group, MembershipRequest wish) {
        if (group.access().request(wish.person()).isPresent()) {
            return ServiceDecision.refused(ServiceRefusal.CONFLICT);
        }
        if (group.access().requests().size() >= rules.members()) {
            return ServiceDecision.refused(ServiceRefusal.RESOURCE_LIMIT);
        }
        group.access().put(wish);
        changes.accept(new SimulatedGroupEvent.Requested(
                new SimulatedGroupEvent.Context(group, wish.requestor(), wish.at(), group.admins()),
                wish.method(),
                List.of(wish.person())));
        return ServiceDecision.granted(new Entry(group, true));
    }
}
