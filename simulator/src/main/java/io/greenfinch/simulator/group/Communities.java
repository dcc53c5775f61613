package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Communities: a parent group, an announcement group that everybody is in, and groups that admins put into them (specification
 * §19). Refused with 404 is what is no community, as is what never was. Guarded by the world's lock.
 */
public final class Communities {

    private final GroupDirectory groups;
    private final GroupFoundation foundation;
    private final Clock clock;
    private final Consumer<SimulatedGroupEvent> changes;

    public Communities(
            GroupDirectory groups, GroupFoundation foundation, Clock clock, Consumer<SimulatedGroupEvent> changes) {
        this.groups = groups;
        this.foundation = foundation;
        this.clock = clock;
        this.changes = changes;
    }

    /** Creates a community with its announcement group; what is granted is the parent group. */
    public ServiceDecision<GroupFoundation.Created> create(SimulatedAccount creator, NewGroup request) {
        return foundation
                .create(creator, request.in(Optional.empty(), GroupKind.COMMUNITY))
                .then(parent -> {
                    NewGroup announcements =
                            request.named(Optional.empty()).in(Optional.of(parent.group()), GroupKind.ANNOUNCEMENTS);
                    return foundation.create(creator, announcements).then(_ -> ServiceDecision.granted(parent));
                });
    }

    /** Creates a group inside a community: its admins may. */
    public ServiceDecision<GroupFoundation.Created> createInside(
            SimulatedAccount creator, Jid community, NewGroup request) {
        return ofAdmin(creator, community)
                .then(parent -> foundation.create(creator, request.in(Optional.of(parent), GroupKind.GROUP)));
    }

    /** Whoever comes into a group of a community is in the community. */
    public void follow(SimulatedGroupEvent change) {
        SimulatedGroup group = change.context().group();
        boolean entered = change instanceof SimulatedGroupEvent.Added || change instanceof SimulatedGroupEvent.Created;
        if (entered && group.kind() == GroupKind.GROUP) {
            group.community()
                    .ifPresent(community ->
                            admit(community, group, change.context().actor()));
        }
    }

    /** The announcement group of a community. */
    public Optional<SimulatedGroup> announcements(SimulatedGroup community) {
        return groups.inside(community).stream()
                .filter(group -> group.kind() == GroupKind.ANNOUNCEMENTS)
                .findFirst();
    }

    /** The groups of a community, for those who are in it. */
    public ServiceDecision<List<SimulatedGroup>> groups(SimulatedAccount actor, Jid community) {
        return ofMember(actor, community).then(parent -> ServiceDecision.granted(groups.inside(parent)));
    }

    /** Everybody in the groups of a community, for those who are in it. */
    public ServiceDecision<Set<SimulatedAccount>> people(SimulatedAccount actor, Jid community) {
        return groups(actor, community).then(inside -> {
            Set<SimulatedAccount> people = new LinkedHashSet<>();
            inside.forEach(group -> people.addAll(group.accounts()));
            return ServiceDecision.granted(people);
        });
    }

    /**
     * Puts groups into a community: its admins may, with groups that they are admins of. Who is in such a group is in the
     * community from then on. A group that is in a community already conflicts, be it this or another.
     */
    public ServiceDecision<List<LinkResult>> link(SimulatedAccount actor, Jid community, List<Jid> named) {
        return each(
                actor,
                community,
                named,
                parent -> jid -> groups.ofAdmin(actor, jid).then(group -> {
                    if (group.kind() != GroupKind.GROUP) {
                        return ServiceDecision.refused(ServiceRefusal.NOT_ACCEPTABLE);
                    }
                    if (group.community().isPresent()) {
                        return ServiceDecision.refused(ServiceRefusal.CONFLICT);
                    }
                    group.community(parent);
                    admit(parent, group, actor);
                    related(parent, group, actor, true);
                    return ServiceDecision.done();
                }));
    }

    /**
     * Takes groups out of a community: its admins may, but not with its announcement group.
     *
     * @param orphans whether those leave the community who are in none of its other groups, and no admins of it
     */
    public ServiceDecision<List<LinkResult>> unlink(
            SimulatedAccount actor, Jid community, List<Jid> named, boolean orphans) {
        return each(
                actor,
                community,
                named,
                parent -> jid -> groups.existing(jid).then(group -> {
                    if (group.community().orElse(null) != parent) {
                        return ServiceDecision.refused(ServiceRefusal.ITEM_NOT_FOUND);
                    }
                    if (group.kind() != GroupKind.GROUP) {
                        return ServiceDecision.refused(ServiceRefusal.NOT_ALLOWED);
                    }
                    group.community(null);
                    related(parent, group, actor, false);
                    if (orphans) {
                        dismiss(parent, group, actor);
                    }
                    return ServiceDecision.done();
                }));
    }

    private ServiceDecision<List<LinkResult>> each(
            SimulatedAccount actor,
            Jid community,
            List<Jid> named,
            Function<SimulatedGroup, Function<Jid, ServiceDecision<ServiceDecision.Done>>> work) {
        return ofAdmin(actor, community).then(parent -> {
            List<LinkResult> results = new ArrayList<>();
            for (Jid jid : named) {
                results.add(
                        switch (work.apply(parent).apply(jid)) {
                            case ServiceDecision.Granted<ServiceDecision.Done> _ ->
                                new LinkResult(jid, Optional.empty());
                            case ServiceDecision.Refused<ServiceDecision.Done>(ServiceRefusal refusal) ->
                                new LinkResult(jid, Optional.of(refusal));
                        });
            }
            return ServiceDecision.granted(results);
        });
    }

    private ServiceDecision<SimulatedGroup> ofMember(SimulatedAccount actor, Jid jid) {
        return groups.ofMember(actor, jid)
                .then(group -> group.kind() == GroupKind.COMMUNITY
                        ? ServiceDecision.granted(group)
                        : ServiceDecision.refused(ServiceRefusal.ITEM_NOT_FOUND));
    }

    private ServiceDecision<SimulatedGroup> ofAdmin(SimulatedAccount actor, Jid jid) {
        return ofMember(actor, jid).then(group -> groups.ofAdmin(actor, group.jid()));
    }

    /** Lets those into the parent group and the announcement group who are not in them. */
    private void admit(SimulatedGroup community, SimulatedGroup group, SimulatedAccount actor) {
        Instant now = clock.instant();
        for (SimulatedGroup common : common(community)) {
            List<SimulatedAccount> fresh = group.accounts().stream()
                    .filter(person -> !common.has(person))
                    .toList();
            if (!fresh.isEmpty()) {
                fresh.forEach(person -> common.put(person, MemberRole.MEMBER, now));
                changes.accept(new SimulatedGroupEvent.Added(context(common, actor, now), fresh, common.step(now)));
            }
        }
    }

    private void dismiss(SimulatedGroup community, SimulatedGroup group, SimulatedAccount actor) {
        Instant now = clock.instant();
        List<SimulatedAccount> alone = group.accounts().stream()
                .filter(person -> !community.isAdmin(person))
                .filter(person -> groups.inside(community).stream()
                        .noneMatch(other -> other.kind() == GroupKind.GROUP && other.has(person)))
                .toList();
        for (SimulatedGroup common : common(community)) {
            List<SimulatedAccount> gone = alone.stream().filter(common::has).toList();
            if (!gone.isEmpty()) {
                SimulatedGroupEvent.Context before = context(common, actor, now);
                gone.forEach(person -> common.remove(person, now));
                changes.accept(new SimulatedGroupEvent.Removed(before, gone, common.step(now)));
            }
        }
    }

    private List<SimulatedGroup> common(SimulatedGroup community) {
        List<SimulatedGroup> both = new ArrayList<>();
        both.add(community);
        announcements(community).ifPresent(both::add);
        return both;
    }

    private void related(SimulatedGroup community, SimulatedGroup group, SimulatedAccount actor, boolean linked) {
        Instant now = clock.instant();
        changes.accept(new SimulatedGroupEvent.Related(context(community, actor, now), linked, group));
        changes.accept(new SimulatedGroupEvent.Related(context(group, actor, now), linked, community));
    }

    private static SimulatedGroupEvent.Context context(SimulatedGroup group, SimulatedAccount actor, Instant now) {
        return new SimulatedGroupEvent.Context(group, actor, now, group.accounts());
    }
}
