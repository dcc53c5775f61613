package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Creating groups (specification §16.3). Guarded by the world's lock. */
public final class GroupFoundation {

    private final GroupDirectory groups;
    private final Accounts accounts;
    private final Admission admission;
    private final GroupRules rules;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public GroupFoundation(
            GroupDirectory groups,
            Accounts accounts,
            GroupRules rules,
            Clock clock,
            SecureRandom random,
            Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.accounts = accounts;
        this.admission = new Admission(accounts, rules, random);
        this.rules = rules;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * What creating gave.
     *
     * @param group the new group
     * @param refused the people who could not be added
     */
    public record Created(SimulatedGroup group, List<PersonResult> refused) {}

    /** Creates a group. Its creator is its super admin. Somebody named twice, or the creator, is added once. */
    public ServiceDecision<Created> create(SimulatedAccount creator, NewGroup request) {
        if (!GroupSettings.acceptable(request.subject(), rules)) {
            return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
        }
        if (request.people().stream().anyMatch(jid -> !jid.isPn() && !jid.isLid())) {
            return ServiceDecision.refused(ServiceRefusal.BAD_REQUEST);
        }
        if (request.people().size() >= rules.members()) {
            return ServiceDecision.refused(ServiceRefusal.RESOURCE_LIMIT);
        }
        Instant now = clock.instant();
        SimulatedGroup group = groups.add(
                new GroupOrigin(
                        groups.freeId(), request.addressing(), request.kind(), request.community(), creator, now),
                request.subject());
        group.put(creator, MemberRole.SUPER_ADMIN, now);
        List<PersonResult> refused = admit(group, creator, request.people(), now);
        request.admins()
                .forEach(jid -> accounts.find(jid)
                        .filter(account -> account != creator)
                        .ifPresent(account -> group.role(account, MemberRole.ADMIN)));
        request.settings().forEach(group::apply);
        changes.accept(new SimulatedGroupEvent.Created(
                new SimulatedGroupEvent.Context(group, creator, now, group.accounts()), request.key()));
        return ServiceDecision.granted(new Created(group, refused));
    }

    private List<PersonResult> admit(SimulatedGroup group, SimulatedAccount creator, List<Jid> people, Instant now) {
        Set<SimulatedAccount> seen = new LinkedHashSet<>();
        seen.add(creator);
        List<PersonResult> refused = new ArrayList<>();
        for (Jid person : people) {
            Optional<SimulatedAccount> account = accounts.find(person);
            if (account.isPresent() && !seen.add(account.get())) {
                continue;
            }
            PersonResult result = admission.admit(group, creator, person, now);
            if (result.refusal().isPresent()) {
                refused.add(result);
            }
        }
        return refused;
    }
}
