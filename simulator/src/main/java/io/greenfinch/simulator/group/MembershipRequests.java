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

    private final GroupDirectory groups;
    private final Accounts accounts;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public MembershipRequests(
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

    /** Who waits, for admins; a copy. */
    public ServiceDecision<List<MembershipRequest>> list(SimulatedAccount actor, Jid jid) {
        return groups.ofAdmin(actor, jid)
                .then(group ->
                        ServiceDecision.granted(List.copyOf(group.access().requests())));
    }

    /** Lets people in who asked for it: admins may. */
    public ServiceDecision<List<PersonResult>> approve(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.ofAdmin(actor, jid)).then(group -> {
            Instant now = clock.instant();
            List<PersonResult> results = each(group, people, person -> {
                if (group.members().size() >= rules.members()) {
                    return Optional.of(ServiceRefusal.RESOURCE_LIMIT);
                }
                group.put(person, MemberRole.MEMBER, now);
                return Optional.empty();
            });
            List<SimulatedAccount> added = PersonResult.done(results);
            if (!added.isEmpty()) {
                changes.accept(new SimulatedGroupEvent.Added(
                        new SimulatedGroupEvent.Context(group, actor, now, group.accounts()), added, group.step(now)));
            }
            return ServiceDecision.granted(results);
        });
    }

    /** Turns people away who asked to be let in: admins may. Only admins hear of it. */
    public ServiceDecision<List<PersonResult>> reject(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people)
                .then(_ -> groups.ofAdmin(actor, jid))
                .then(group -> ServiceDecision.granted(withdraw(group, actor, people, _ -> Optional.empty())));
    }

    /** Takes back requests that the actor made, of whom no membership is asked. Admins hear of it. */
    public ServiceDecision<List<PersonResult>> cancel(SimulatedAccount actor, Jid jid, List<Jid> people) {
        return Participants.named(people).then(_ -> groups.existing(jid)).then(group -> {
            Function<SimulatedAccount, Optional<ServiceRefusal>> own = person -> group.access()
                    .request(person)
                    .filter(request -> request.person() != actor && request.requestor() != actor)
                    .map(_ -> ServiceRefusal.FORBIDDEN);
            return ServiceDecision.granted(withdraw(group, actor, people, own));
        });
    }

    private List<PersonResult> withdraw(
            SimulatedGroup group,
            SimulatedAccount actor,
            List<Jid> people,
            Function<SimulatedAccount, Optional<ServiceRefusal>> rule) {
        List<PersonResult> results = each(group, people, person -> {
            Optional<ServiceRefusal> refusal = rule.apply(person);
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
            SimulatedGroup group, List<Jid> people, Function<SimulatedAccount, Optional<ServiceRefusal>> rule) {
        List<PersonResult> results = new ArrayList<>();
        for (Jid asked : people) {
            Optional<SimulatedAccount> person = accounts.find(asked);
            if (person.isEmpty()) {
                results.add(PersonResult.unknown(asked));
                continue;
            }
            Optional<ServiceRefusal> refusal =
                    group.access().request(person.get()).isEmpty()
                            ? Optional.of(ServiceRefusal.ITEM_NOT_FOUND)
                            : rule.apply(person.get());
            results.add(refusal.map(why -> PersonResult.refused(asked, person.get(), why))
                    .orElseGet(() -> PersonResult.done(asked, person.get())));
        }
        return results;
    }
}
