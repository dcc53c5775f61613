package io.greenfinch.client;

import io.greenfinch.client.SessionEvent.GroupAction;
import io.greenfinch.client.SessionEvent.GroupChanged;
import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.change.Birth;
import io.greenfinch.client.change.Births;
import io.greenfinch.client.change.GroupState;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupUpdate;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.group.StoredGroups;
import io.greenfinch.client.leave.Memberships;
import io.greenfinch.client.leave.Watch;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The groups we are in. Every change goes to the store with the stanza that caused it.
 *
 * <p>All groups are held in memory, as the bytes that are stored: a member takes about 17 bytes, so that a hundred
 * groups of a hundred members take 170 KiB, and reading one back costs microseconds. Loading them from the store on
 * demand would have to wait for storage between a notification and its effect.
 *
 * <p>Written by the session's thread; methods that say so may be called from any.
 */
final class GroupBook implements Memberships, GroupState, Births {

    private final Clock clock;
    private final Map<Jid, byte[]> groups = new ConcurrentHashMap<>(4);
    private final Set<Jid> stale = ConcurrentHashMap.newKeySet(1);
    private final Map<Jid, Watch> watches = new ConcurrentHashMap<>(1);
    private final Map<String, Birth> births = new ConcurrentHashMap<>(1);
    private final Recorder recorder;
    private volatile @Nullable Account account;

    /** Takes what a change means for store and events, apart from any stanza. */
    interface Recorder {
        void record(List<Change> changes, List<SessionEvent> events);
    }

    GroupBook(Clock clock, Recorder recorder) {
        this.clock = clock;
        this.recorder = recorder;
    }

    /** Begins anew with what the store holds. */
    void load(@Nullable Account owner, Map<String, byte[]> stored) {
        account = owner;
        groups.clear();
        stale.clear();
        stored.forEach((id, bytes) -> Jid.parse(id).ifPresent(jid -> groups.put(jid, bytes)));
    }

    /** From now on this is who we are. */
    void account(@Nullable Account owner) {
        account = owner;
    }

    /** The group as far as known. From any thread. */
    Optional<KnownGroup> find(Jid group) {
        return Optional.ofNullable(groups.get(group)).map(StoredGroups::decode);
    }

    @Override
    public Optional<Role> role(Jid group) {
        return stale.contains(group) ? Optional.empty() : find(group).flatMap(this::ownRole);
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return stale.contains(group)
                ? Optional.empty()
                : find(group).filter(known -> ownRole(known).isPresent());
    }

    @Override
    public boolean isCommunity(Jid group) {
        return find(group).map(known -> known.group().settings().community()).orElse(false);
    }

    @Override
    public boolean lists(KnownGroup group) {
        return ownRole(group).isPresent();
    }

    @Override
    public void watch(Jid group, Watch watch) {
        watches.put(group, watch);
    }

    @Override
    public void unwatch(Jid group) {
        watches.remove(group);
    }

    @Override
    public Set<Jid> known() {
        return Set.copyOf(groups.keySet());
    }

    @Override
    public void expect(String key, Birth birth) {
        births.put(key, birth);
    }

    @Override
    public void expectNoMore(String key) {
        births.remove(key);
    }

    /** A notification tells of a new group; who asked for it learns so, whatever became of the answer. */
    void told(GroupUpdate.Created created) {
        Birth birth = births.get(created.key());
        if (birth != null) {
            birth.told(created.group());
        }
    }

    @Override
    public boolean isSelf(Person person) {
        Account self = account;
        return self != null && person.sameAs(selfPerson(self));
    }

    Optional<Person> self() {
        return Optional.ofNullable(account).map(GroupBook::selfPerson);
    }

    Optional<Watch> watching(Jid group) {
        return Optional.ofNullable(watches.get(group));
    }

    /** Sets a group without any event. */
    Change.Put put(KnownGroup known) {
        byte[] bytes = StoredGroups.encode(known);
        Jid id = known.group().id();
        groups.put(id, bytes);
        return new Change.Put(StateKind.GROUP, id.toString(), bytes);
    }

    /** Takes a group out without any event. */
    Change.Remove remove(Jid group) {
        groups.remove(group);
        stale.remove(group);
        return new Change.Remove(StateKind.GROUP, group.toString());
    }

    /** Marks a group of which changes were missed. */
    void markStale(Jid group) {
        stale.add(group);
    }

    @Override
    public void fetched(KnownGroup fetched) {
        Jid id = fetched.group().id();
        Optional<KnownGroup> known = find(id);
        stale.remove(id);
        if (known.isEmpty()) {
            recorder.record(List.of(put(fetched)), List.of(joined(id)));
        } else if (!known.get().group().equals(fetched.group())
                || !known.get().version().equals(fetched.version())) {
            List<SessionEvent> events = sameButMembers(known.get().group(), fetched.group())
                    ? List.of()
                    : List.of(new GroupChanged(clock.instant(), id));
            recorder.record(List.of(put(known.get().refreshed(fetched))), events);
        }
    }

    /** A notification that tells the same changes nothing any more. */
    @Override
    public void created(KnownGroup group) {
        Jid id = group.group().id();
        if (find(id).isEmpty()) {
            recorder.record(List.of(put(group)), List.of(created(group, clock.instant(), self())));
        }
    }

    @Override
    public void outside(Jid group, boolean byUs) {
        if (groups.containsKey(group)) {
            Optional<Person> actor = byUs ? self() : Optional.empty();
            GroupAction action = byUs ? GroupAction.LEFT : GroupAction.REMOVED;
            recorder.record(List.of(remove(group)), List.of(own(clock.instant(), group, action, actor)));
        }
    }

    /** Takes the complete list of our groups. The first one is what we start from; later ones show what was missed. */
    void replaceAll(List<KnownGroup> fetched, boolean first, Consumer<List<Change>> changed) {
        if (!first) {
            Set<Jid> missing = new HashSet<>(groups.keySet());
            fetched.forEach(known -> missing.remove(known.group().id()));
            missing.forEach(group -> outside(group, false));
            fetched.forEach(this::fetched);
            return;
        }
        groups.clear();
        stale.clear();
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Clear(StateKind.GROUP));
        fetched.forEach(known -> changes.add(put(known)));
        changed.accept(changes);
    }

    static GroupMembersChanged created(KnownGroup group, Instant at, Optional<Person> actor) {
        List<Person> members =
                group.group().participants().stream().map(Participant::person).toList();
        return new GroupMembersChanged(at, group.group().id(), GroupAction.CREATED, actor, members, true);
    }

    private GroupMembersChanged joined(Jid group) {
        return own(clock.instant(), group, GroupAction.ADDED, Optional.empty());
    }

    private GroupMembersChanged own(Instant at, Jid group, GroupAction action, Optional<Person> actor) {
        return new GroupMembersChanged(
                at, group, action, actor, self().map(List::of).orElse(List.of()), true);
    }

    @Override
    public Optional<Role> ownRole(KnownGroup known) {
        Account self = account;
        return self == null
                ? Optional.empty()
                : known.group().participant(selfPerson(self)).map(Participant::role);
    }

    private static Person selfPerson(Account self) {
        return new Person(Optional.of(self.pn().account()), self.lid().map(Jid::account));
    }

    private static boolean sameButMembers(Group one, Group other) {
        return one.withParticipants(List.of()).equals(other.withParticipants(List.of()));
    }
}
