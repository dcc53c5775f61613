package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Group state that the test sets. */
final class FakeGroupState implements PartialGroupState {

    static final Person SELF = new Person(Optional.of(Jid.pn("15550001001")), Optional.of(Jid.lid("900000000000001")));

    /** What we know of ourselves. */
    Person self = SELF;

    final Map<Jid, Role> roles = new ConcurrentHashMap<>();
    final Set<Jid> doubted = ConcurrentHashMap.newKeySet();
    final Set<Jid> communities = ConcurrentHashMap.newKeySet();
    final Map<Jid, GroupWatch> watches = new ConcurrentHashMap<>();
    final List<Jid> leftByUs = Collections.synchronizedList(new ArrayList<>());
    final List<Jid> goneSomehow = Collections.synchronizedList(new ArrayList<>());

    /** The watch over a group that is being left. */
    GroupWatch watch(Jid group) {
        return Objects.requireNonNull(watches.get(group));
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return doubted.contains(group) ? Optional.empty() : find(group);
    }

    @Override
    public Optional<KnownGroup> find(Jid group) {
        return Optional.ofNullable(roles.get(group)).map(role -> described(group, role));
    }

    private KnownGroup described(Jid group, Role role) {
        boolean community = communities.contains(group);
        Group.Settings settings =
                new Group.Settings("", "", false, false, 0, false, false, false, community, false, Optional.empty());
        List<Participant> people = List.of(new Participant(SELF, role));
        return new KnownGroup(
                new Group(
                        group,
                        "",
                        Instant.EPOCH,
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        true,
                        settings,
                        people),
                "1",
                "1",
                Instant.EPOCH);
    }

    @Override
    public boolean excludesUs(KnownGroup group) {
        return !group.group().lists(self).orElse(true);
    }

    @Override
    public boolean isSelf(Person person) {
        return person.sameAs(SELF);
    }

    @Override
    public void fetched(KnownGroup group, long asked) {
        group.group()
                .participant(SELF)
                .map(Participant::role)
                .ifPresent(role -> roles.put(group.group().id(), role));
    }

    @Override
    public void outside(Jid group, boolean byUs, long asked) {
        if (roles.remove(group) != null) {
            (byUs ? leftByUs : goneSomehow).add(group);
        }
    }

    @Override
    public void watch(Jid group, GroupWatch watch) {
        watches.put(group, watch);
    }

    @Override
    public void unwatch(Jid group, GroupWatch watch) {
        watches.remove(group, watch);
    }
}
