package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Group state that the test sets. */
final class FakeMemberships implements Memberships {

    static final Person SELF = new Person(Optional.of(Jid.pn("15550001001")), Optional.of(Jid.lid("900000000000001")));

    final Map<Jid, Role> roles = new ConcurrentHashMap<>();
    final Set<Jid> doubted = ConcurrentHashMap.newKeySet();
    final Set<Jid> communities = ConcurrentHashMap.newKeySet();
    final Map<Jid, Watch> watches = new ConcurrentHashMap<>();
    final List<Jid> leftByUs = Collections.synchronizedList(new ArrayList<>());
    final List<Jid> goneSomehow = Collections.synchronizedList(new ArrayList<>());

    /** The watch over a group that is being left. */
    Watch watch(Jid group) {
        return Objects.requireNonNull(watches.get(group));
    }

    @Override
    public Optional<Role> role(Jid group) {
        return doubted.contains(group) ? Optional.empty() : listedAs(group);
    }

    @Override
    public Optional<Role> listedAs(Jid group) {
        return Optional.ofNullable(roles.get(group));
    }

    @Override
    public boolean isCommunity(Jid group) {
        return communities.contains(group);
    }

    @Override
    public boolean lists(KnownGroup group) {
        return group.group().participant(SELF).isPresent();
    }

    @Override
    public long moment() {
        return 0;
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
    public void watch(Jid group, Watch watch) {
        watches.put(group, watch);
    }

    @Override
    public void unwatch(Jid group) {
        watches.remove(group);
    }
}
