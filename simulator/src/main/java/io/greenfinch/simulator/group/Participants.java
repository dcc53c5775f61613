package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
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

    private final Groups groups;
    private final Accounts accounts;
    private final Admission admission;
    private final Clock clock;
    private final Consumer<GroupChange> changes;

    public Participants(
            Groups groups,
            Accounts accounts,
            GroupRules rules,
            Clock clock,
            SecureRandom random,
            Consumer<GroupChange> changes) {
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
    public Verdict<List<PersonResult>> add(Account actor, Jid jid, List<Jid> people) {
        return named(people).then(_ -> groups.ofMember(actor, jid)).then(group -> {
            if (group.adminsAdd() && !rank(group, actor).admin()) {
                return Verdict.refused(Refusal.FORBIDDEN);
            }
            Instant now = clock.instant();
            if (group.door().approval() && !rank(group, actor).admin()) {
                return Verdict.granted(propose(group, actor, people, now));
            }
            List<PersonResult> results = new ArrayList<>();
            people.forEach(person -> results.add(admission.admit(group, actor, person, now)));
            List<Account> added = PersonResult.done(results);
            if (!added.isEmpty()) {
                changes.accept(new GroupChange.Added(
                        new GroupChange.Scene(group, actor, now, group.accounts()), added, group.step(now)));
            }
            return Verdict.granted(results);
        });
    }

    private List<PersonResult> propose(Group group, Account actor, List<Jid> people, Instant now) {
        List<Account> waiting = new ArrayList<>();
        List<PersonResult> results = people.stream()
                .map(person -> admission.propose(group, actor, person, now, waiting::add))
                .toList();
        if (!waiting.isEmpty()) {
            changes.accept(new GroupChange.Requested(
                    new GroupChange.Scene(group, actor, now, group.admins()),
                    JoinRequest.Method.NON_ADMIN_ADD,
                    waiting));
        }
        return results;
    }

    /** Removes people: admins may, but not the super admin, and not themselves, for which there is leaving. */
    public Verdict<List<PersonResult>> remove(Account actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            Instant now = clock.instant();
            List<Account> before = group.accounts();
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> {
                    if (target == actor) {
                        return Optional.of(Refusal.NOT_ACCEPTABLE);
                    }
                    if (rank(group, target) == Rank.SUPER_ADMIN) {
                        return Optional.of(Refusal.NOT_ALLOWED);
                    }
                    group.banish(target, now);
                    return Optional.empty();
                }));
            }
            List<Account> removed = PersonResult.done(results);
            if (!removed.isEmpty()) {
                changes.accept(new GroupChange.Removed(
                        new GroupChange.Scene(group, actor, now, before), removed, group.step(now)));
            }
            return Verdict.granted(results);
        });
    }

    /** Makes members admins: admins may. */
    public Verdict<List<PersonResult>> promote(Account actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> {
                    if (rank(group, target).admin()) {
                        return Optional.of(Refusal.CONFLICT);
                    }
                    group.rank(target, Rank.ADMIN);
                    return Optional.empty();
                }));
            }
            List<Account> promoted = PersonResult.done(results);
            if (!promoted.isEmpty()) {
                Instant now = clock.instant();
                changes.accept(new GroupChange.Promoted(scene(group, actor, now), promoted, group.step(now)));
            }
            return Verdict.granted(results);
        });
    }

    /** Makes admins plain members: admins may, but not the super admin, and never the last admin. */
    public Verdict<List<PersonResult>> demote(Account actor, Jid jid, List<Jid> people) {
        return ruled(actor, jid, people).then(group -> {
            List<PersonResult> results = new ArrayList<>();
            for (Jid person : people) {
                results.add(each(group, person, target -> demote(group, target)));
            }
            List<Account> demoted = PersonResult.done(results);
            if (!demoted.isEmpty()) {
                Instant now = clock.instant();
                changes.accept(new GroupChange.Demoted(scene(group, actor, now), demoted, group.step(now)));
            }
            return Verdict.granted(results);
        });
    }

    private static Optional<Refusal> demote(Group group, Account target) {
        return switch (rank(group, target)) {
            case MEMBER -> Optional.of(Refusal.CONFLICT);
            case SUPER_ADMIN -> Optional.of(Refusal.NOT_ALLOWED);
            case ADMIN -> {
                group.rank(target, Rank.MEMBER);
                if (group.admins().isEmpty()) {
                    group.rank(target, Rank.ADMIN);
                    yield Optional.of(Refusal.NOT_ALLOWED);
                }
                yield Optional.empty();
            }
        };
    }

    private Verdict<Group> ruled(Account actor, Jid jid, List<Jid> people) {
        return named(people)
                .then(_ -> groups.ofMember(actor, jid))
                .then(group ->
                        rank(group, actor).admin() ? Verdict.granted(group) : Verdict.refused(Refusal.FORBIDDEN));
    }

    /** The people, if there are some and each has an address of a person: otherwise 400. */
    static Verdict<List<Jid>> named(List<Jid> people) {
        return people.isEmpty() || people.stream().anyMatch(jid -> !jid.isPn() && !jid.isLid())
                ? Verdict.refused(Refusal.BAD_REQUEST)
                : Verdict.granted(people);
    }

    private PersonResult each(Group group, Jid person, PersonRule rule) {
        Optional<Account> target = accounts.find(person);
        if (target.isEmpty()) {
            return PersonResult.unknown(person);
        }
        if (!group.has(target.get())) {
            return PersonResult.refused(person, target.get(), Refusal.ITEM_NOT_FOUND);
        }
        return rule.apply(target.get())
                .map(refusal -> PersonResult.refused(person, target.get(), refusal))
                .orElseGet(() -> PersonResult.done(person, target.get()));
    }

    private static Rank rank(Group group, Account account) {
        return group.member(account).map(Member::rank).orElse(Rank.MEMBER);
    }

    private static GroupChange.Scene scene(Group group, Account actor, Instant now) {
        return new GroupChange.Scene(group, actor, now, group.accounts());
    }

    /** Changes one member, or says why not. */
    @FunctionalInterface
    private interface PersonRule {
        Optional<Refusal> apply(Account target);
    }
}
