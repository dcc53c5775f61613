package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Adding and removing members, making and unmaking admins (specification §16.5). The request as a whole is refused when the actor
 * may not do it; otherwise each person named has a result of their own. Guarded by the world's lock.
 */
public final class Participants {

    private final GroupDirectory groups;
    private final Accounts accounts;
    private final Admission admission;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public Participants(
            GroupDirectory groups,
            Accounts accounts,
            GroupRules rules,
            Clock clock,
            SecureRandom random,
            Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.admission = new Admission(accounts, rules, random);
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * Adds people: admins may, and everybody in a group where that is not reserved to admins. Where admins decide who comes in, others
     * only ask them to.
     */
    public ServiceDecision<List<PersonResult>> add(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return named(people).then(_ -> groups.ofMember(actor, jid)).then(group -> {
            if (group.adminsAdd() && !role(group, actor).admin()) {
                return ServiceDecision.refused(ServiceRefusal.FORBIDDEN);
            }
            Instant now = clock.instant();
            if (group.access().approval() && !role(group, actor).admin()) {
                return ServiceDecision.granted(propose(group, actor, people, now));
            }
            List<PersonResult> results = new ArrayList<>();
            people.forEach(person -> results.add(admission.admit(group, actor, person, now)));
            List<SimulatedAccount> added = PersonResult.done(results);
            if (!added.isEmpty()) {
                changes.accept(new SimulatedGroupEvent.Added(
                        new SimulatedGroupEvent.Context(group, actor, now, group.accounts()), added, group.step(now)));
            }
            return ServiceDecision.granted(results);
        });
    }

    private List<PersonResult> propose(SimulatedGroup group, SimulatedAccount actor, List<Jid> people, Instant now) {
        List<SimulatedAccount> waiting = new ArrayList<>();
        List<PersonResult> results = people.stream()
                .map(person -> admission.propose(group, actor, person, now, waiting::add))
                .toList();
        if (!waiting.isEmpty()) {
            changes.accept(new SimulatedGroupEvent.Requested(
                    new SimulatedGroupEvent.Context(group, actor, now, group.admins()),
                    MembershipRequest.Method.NON_ADMIN_ADD,
                    waiting));
        }
        return results;
    }

    /** Removes people: admins may, but not the super admin, and not themselves, for which there is leaving. */
    public ServiceDecision<List<PersonResult>> remove(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            Instant now = clock.instant();
            List<SimulatedAccount> before = group.accounts();
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> {
                    if (target == actor) {
                        return Optional.of(ServiceRefusal.NOT_ACCEPTABLE);
                    }
                    if (role(group, target) == MemberRole.SUPER_ADMIN) {
                        return Optional.of(ServiceRefusal.NOT_ALLOWED);
                    }
                    group.banish(target, now);
                    return Optional.empty();
                }));
            }
            List<SimulatedAccount> removed = PersonResult.done(results);
            if (!removed.isEmpty()) {
                changes.accept(new SimulatedGroupEvent.Removed(
                        new SimulatedGroupEvent.Context(group, actor, now, before), removed, group.step(now)));
            }
            return ServiceDecision.granted(results);
        });
    }

    /** Makes members admins: admins may. */
    public ServiceDecision<List<PersonResult>> promote(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> {
                    if (role(group, target).admin()) {
                        return Optional.of(ServiceRefusal.CONFLICT);
                    }
                    group.role(target, MemberRole.ADMIN);
                    return Optional.empty();
                }));
            }
            List<SimulatedAccount> promoted = PersonResult.done(results);
            if (!promoted.isEmpty()) {
                Instant now = clock.instant();
                changes.accept(new SimulatedGroupEvent.Promoted(context(group, actor, now), promoted, group.step(now)));
            }
            return ServiceDecision.granted(results);
        });
    }

    /** Makes admins plain members: admins may, but not the super admin, and never the last admin. */
    public ServiceDecision<List<PersonResult>> demote(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> demote(group, target)));
            }
            List<SimulatedAccount> demoted = PersonResult.done(results);
            if (!demoted.isEmpty()) {
                Instant now = clock.instant();
                changes.accept(new SimulatedGroupEvent.Demoted(context(group, actor, now), demoted, group.step(now)));
            }
            return ServiceDecision.granted(results);
        });
    }

    private static Optional<ServiceRefusal> demote(SimulatedGroup group, SimulatedAccount target) {
        return switch (role(group, target)) {
            case MEMBER -> Optional.of(ServiceRefusal.CONFLICT);
            case SUPER_ADMIN -> Optional.of(ServiceRefusal.NOT_ALLOWED);
            case ADMIN -> {
                group.role(target, MemberRole.MEMBER);
                if (group.admins().isEmpty()) {
                    group.role(target, MemberRole.ADMIN);
                    yield Optional.of(ServiceRefusal.NOT_ALLOWED);
                }
                yield Optional.empty();
            }
        };
    }

    private ServiceDecision<SimulatedGroup> ruled(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return named(people)
                .then(_ -> groups.ofMember(actor, jid))
                .then(group -> role(group, actor).admin()
                        ? ServiceDecision.granted(group)
                        : ServiceDecision.refused(ServiceRefusal.FORBIDDEN));
    }

    /** The people, if there are some and each has an address of a person: otherwise 400. */
    static ServiceDecision<List<Jid>> named(List<Jid> people) {
        return people.isEmpty() || people.stream().anyMatch(jid -> !jid.isPn() && !jid.isLid())
                ? ServiceDecision.refused(ServiceRefusal.BAD_REQUEST)
                : ServiceDecision.granted(people);
    }

    private PersonResult each(SimulatedGroup group, Jid person, PersonRule rule) {
        Optional<SimulatedAccount> target = accounts.find(person);
        if (target.isEmpty()) {
            return PersonResult.unknown(person);
        }
        if (!group.has(target.get())) {
            return PersonResult.refused(person, target.get(), ServiceRefusal.ITEM_NOT_FOUND);
        }
        return rule.apply(target.get())
                .map(refusal -> PersonResult.refused(person, target.get(), refusal))
                .orElseGet(() -> PersonResult.done(person, target.get()));
    }

    private static MemberRole role(SimulatedGroup group, SimulatedAccount account) {
        return group.member(account).map(Member::role).orElse(MemberRole.MEMBER);
    }

    private static SimulatedGroupEvent.Context context(SimulatedGroup group, SimulatedAccount actor, Instant now) {
        return new SimulatedGroupEvent.Context(group, actor, now, group.accounts());
    }

    /** Changes one member, or says why not. */
    @FunctionalInterface
    private interface PersonRule {
        Optional<ServiceRefusal> apply(SimulatedAccount target);
    }
}
