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
import java.util.function.Function;

/**
 * Deciding who is let into a group (specification §16.7). A request as a whole is refused when the actor may not make it; otherwise
 * each person named has a result of their own. Guarded by the world's lock.
 */
public final class MembershipRequests {

    private final Groups groups;
    private final Accounts accounts;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public MembershipRequests(
            Groups groups, Accounts accounts, GroupRules rules, Clock clock, Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.rules = rules;
        this.clock = clock;
        this.changes = changes;
    }

    /** Who waits, for admins; a copy. */
    public Decision<List<MembershipRequest>> list(SimulatedAccount actor, Jid jid) {
        return groups.ofAdmin(actor, jid)
                .then(group -> Decision.granted(List.copyOf(group.access().requests())));
    }

    /** Lets people in who asked for it: admins may. */
    public Decision<List<PersonResult>> approve(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.ofAdmin(actor, jid)).then(group -> {
            Instant now = clock.instant();
            List<PersonResult> results = each(group, people, person -> {
                if (group.members().size() >= rules.members()) {
                    return Optional.of(Refusal.RESOURCE_LIMIT);
                }
                group.put(person, MemberRole.MEMBER, now);
                return Optional.empty();
            });
            List<SimulatedAccount> added = PersonResult.done(results);
            if (!added.isEmpty()) {
                changes.accept(new SimulatedGroupEvent.Added(
                        new SimulatedGroupEvent.Context(group, actor, now, group.accounts()), added, group.step(now)));
            }
            return Decision.granted(results);
        });
    }

    /** Turns people away who asked to be let in: admins may. Only admins hear of it. */
    public Decision<List<PersonResult>> reject(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people)
                .then(_ -> groups.ofAdmin(actor, jid))
                .then(group -> Decision.granted(withdraw(group, actor, people, _ -> Optional.empty())));
    }

    /** Takes back requests that the actor made, of whom no membership is asked. Admins hear of it. */
    public Decision<List<PersonResult>> cancel(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.existing(jid)).then(group -> {
            Function<SimulatedAccount, Optional<Refusal>> own = person -> group.access()
                    .request(person)
                    .filter(request -> request.person() != actor && request.requestor() != actor)
                    .map(_ -> Refusal.FORBIDDEN);
            return Decision.granted(withdraw(group, actor, people, own));
        });
    }

    private List<PersonResult> withdraw(
            SimulatedGroup group,
            SimulatedAccount actor,
            List<Jid> people,
            Function<SimulatedAccount, Optional<Refusal>> rule) {
        List<PersonResult> results = each(group, people, person -> {
            Optional<Refusal> refusal = rule.apply(person);
            if (refusal.isEmpty()) {
                group.access().withdraw(person);
            }
            return refusal;
        });
        List<SimulatedAccount> gone = PersonResult.done(results);
        if (!gone.isEmpty()) {
            changes.accept(new SimulatedGroupEvent.RequestsRevoked(
                    new SimulatedGroupEvent.Context(group, actor, clock.instant(), group.admins()), gone));
        }
        return results;
    }

    /** Does something for everybody who waits; who does not is a 404. */
    private List<PersonResult> each(
            SimulatedGroup group, List<Jid> people, Function<SimulatedAccount, Optional<Refusal>> rule) {
        List<PersonResult> results = new ArrayList<>();
        for (Jid asked : people) {
            Optional<SimulatedAccount> person = accounts.find(asked);
            if (person.isEmpty()) {
                results.add(PersonResult.unknown(asked));
                continue;
            }
            Optional<Refusal> refusal = group.access().request(person.get()).isEmpty()
                    ? Optional.of(Refusal.ITEM_NOT_FOUND)
                    : rule.apply(person.get());
            results.add(refusal.map(why -> PersonResult.refused(asked, person.get(), why))
                    .orElseGet(() -> PersonResult.done(asked, person.get())));
        }
        return results;
    }
}
