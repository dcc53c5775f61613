package io.greenfinch.client.group;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.ServerClock;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The groups we are in. Every change goes to the store with the stanza that caused it.
 *
 * <p>Written by the session's thread; methods that say so may be called from any.
 */
public final class GroupBook implements GroupState {

    private final Clock clock;
    private final ServerClock serverClock;
    private final HeldGroups groups;
    private final GroupWatches watches = new GroupWatches();
    private final GroupMoments moments = new GroupMoments();
    private final Recorder recorder;
    private Runnable whenOvertaken = () -> {};
    private volatile @Nullable Account account;

    /** Takes what a change means for store and events, apart from any stanza. */
    public interface Recorder {
        void record(List<Change> changes, List<SessionEvent> events);
    }

    /**
     * A book over the session's state.
     *
     * @param recorder gives what is recorded a place in the order, upon which the state has it
     */
    public GroupBook(Clock clock, SessionState state, Recorder recorder) {
        this.groups = new HeldGroups(state);
        this.clock = SteadyClock.wall(clock);
        this.serverClock = new ServerClock(clock);
        this.recorder = recorder;
    }

    /** Begins anew with what the store holds: the ids of groups, and of those that are doubted. */
    public void load(@Nullable Account owner, Set<String> stored, Set<String> doubts) {
        account = owner;
        groups.load(stored, doubts);
    }

    /** What the server's clock shows at this moment. */
    public void serverTime(Instant shown) {
        serverClock.shows(shown);
    }

    @Override
    public Instant now() {
        return serverClock.now();
    }

    /** From now on this is who we are. */
    public void account(@Nullable Account owner) {
        account = owner;
    }

    /** One whose bytes are damaged is not known, and is doubted. */
    @Override
    public Optional<KnownGroup> find(Jid group) {
        return groups.find(group);
    }

    /** What makes the store hold a group as it is after a change of its members. */
    Change.Put put(KnownGroup before, KnownGroup after, GroupUpdate.Action action, List<Participant> people) {
        return groups.put(before, after, action, people);
    }

    /** Whether the group is among ours, as far as known. From any thread. */
    boolean holds(Jid group) {
        return groups.holds(group);
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return groups.doubts(group)
                ? Optional.empty()
                : find(group).filter(known -> ownRole(known).isPresent());
    }

    /** True when we are among the members that {@code group} lists. From any thread. */
    boolean lists(KnownGroup group) {
        return ownRole(group).isPresent();
    }

    @Override
    public void watch(Jid group, GroupWatch watch) {
        watches.add(group, watch);
    }

    @Override
    public void unwatch(Jid group, GroupWatch watch) {
        watches.remove(group, watch);
    }

    @Override
    public Set<Jid> known() {
        return groups.ids();
    }

    @Override
    public void expect(String key, Consumer<KnownGroup> created) {
        watches.expect(key, created);
    }

    @Override
    public void expectNoMore(String key) {
        watches.expectNoMore(key);
    }

    @Override
    public boolean isSelf(Person person) {
        Account self = account;
        return self != null && person.sameAs(selfPerson(self));
    }

    /** Whether we are an admin of a group as it is described here. From any thread. */
    public boolean administers(Group group) {
        return group.participants().stream().anyMatch(member -> member.role().admin() && isSelf(member.person()));
    }

    Optional<Person> self() {
        return Optional.ofNullable(account).map(GroupBook::selfPerson);
    }

    GroupWatches watches() {
        return watches;
    }

    /** The groups whose metadata must be fetched. From any thread. */
    Set<Jid> doubted() {
        return groups.doubted();
    }

    @Override
    public long moment() {
        return moments.now();
    }

    /** When groups were told of. */
    GroupMoments moments() {
        return moments;
    }

    @Override
    public void fetched(KnownGroup metadata, long asked) {
        Jid id = metadata.group().id();
        if (isOvertaken(metadata, asked)) {
            refetch(id);
        } else {
            settle(metadata);
        }
    }

    private boolean isOvertaken(KnownGroup metadata, long asked) {
        return overtook(metadata) || moments.toldSince(metadata.group().id(), asked);
    }

    private void refetch(Jid group) {
        recorder.record(List.of(HeldGroups.doubt(group)), List.of());
        whenOvertaken.run();
    }

    /** What to do when a group is doubted because an answer about it came too late: it must be fetched again. */
    public void whenOvertaken(Runnable fetch) {
        whenOvertaken = fetch;
    }

    /** True when we know of a change of members that this metadata lacks: the answer took longer than the moments. */
    boolean overtook(KnownGroup metadata) {
        return find(metadata.group().id())
                .map(known -> known.overtook(metadata))
                .orElse(false);
    }

    /** Believes metadata, whatever was known before. */
    void settle(KnownGroup metadata) {
        Jid id = metadata.group().id();
        Optional<KnownGroup> known = find(id);
        KnownGroup fetched = metadata.settledAt(serverClock.atLatest());
        if (known.isEmpty()) {
            moments.entered(id);
            recorder.record(
                    groups.settled(id, HeldGroups.put(fetched)),
                    List.of(OwnEvents.joined(clock.instant(), id, self())));
        } else if (groups.doubts(id) || known.get().differs(fetched)) {
            List<SessionEvent> events = OwnEvents.changed(clock.instant(), known.get(), fetched);
            recorder.record(groups.settled(id, HeldGroups.put(known.get().refreshed(fetched))), events);
        }
    }

    /** A notification that tells the same changes nothing any more. */
    @Override
    public void created(KnownGroup group) {
        Jid id = group.group().id();
        if (find(id).isEmpty()) {
            moments.entered(id);
            recorder.record(List.of(HeldGroups.put(group)), List.of(OwnEvents.created(clock.instant(), group, self())));
        }
    }

    @Override
    public void outside(Jid group, boolean byUs, long asked) {
        boolean held = groups.holds(group);
        if (moments.enteredSince(group, asked) && (held || groups.doubts(group))) {
            refetch(group);
        } else if (held) {
            moments.told(group);
            List<SessionEvent> events = List.of(OwnEvents.out(clock.instant(), group, self(), byUs));
            recorder.record(groups.settled(group, HeldGroups.remove(group), HeldGroups.removeKey(group)), events);
        } else if (groups.doubts(group) && !moments.toldSince(group, asked)) {
            recorder.record(groups.settled(group), List.of());
        }
    }

    /** The complete list of our groups, which shows what was missed. */
    void listed(List<KnownGroup> list, long asked) {
        groups.require(ids(list));
        Set<Jid> missing = new HashSet<>(groups.ids());
        missing.addAll(groups.doubted());
        missing.removeAll(ids(list));
        missing.forEach(group -> outside(group, false, asked));
        list.forEach(metadata -> fetched(metadata, asked));
    }

    /**
     * The first complete list of our groups, which we start from. It is no event; but what was told after the question was
     * asked stays, and is asked for again.
     *
     * @return what makes the state hold exactly this
     */
    List<Change> begin(List<KnownGroup> list, long asked) {
        groups.require(groups.ids());
        Set<Jid> listed = ids(list);
        List<Change> all = new ArrayList<>();
        all.add(new Change.Clear(StateKind.GROUP));
        all.add(new Change.Clear(StateKind.GROUP_DOUBT));
        Set<Jid> doubts = new HashSet<>();
        for (Jid doubt : groups.doubted()) {
            if (moments.enteredSince(doubt, asked) || moments.toldSince(doubt, asked)) {
                doubts.add(doubt);
            }
        }
        for (KnownGroup metadata : list) {
            Jid id = metadata.group().id();
            if (isOvertaken(metadata, asked)) {
                doubts.add(id);
                find(id).ifPresent(known -> all.add(HeldGroups.put(known)));
            } else {
                all.add(HeldGroups.put(metadata.settledAt(serverClock.atLatest())));
            }
        }
        for (Jid group : groups.ids()) {
            if (!listed.contains(group) && moments.enteredSince(group, asked)) {
                doubts.add(group);
                find(group).ifPresent(known -> all.add(HeldGroups.put(known)));
            }
        }
        doubts.forEach(doubt -> all.add(HeldGroups.doubt(doubt)));
        return all;
    }

    private static Set<Jid> ids(List<KnownGroup> list) {
        return list.stream().map(known -> known.group().id()).collect(Collectors.toSet());
    }

    @Override
    public Optional<Role> ownRole(KnownGroup known) {
        Account self = account;
        return self == null
                ? Optional.empty()
                : known.group().participant(selfPerson(self)).map(Participant::role);
    }

    @Override
    public boolean excludesUs(KnownGroup known) {
        return self().flatMap(known.group()::lists).map(listed -> !listed).orElse(false);
    }

    private static Person selfPerson(Account self) {
        return new Person(Optional.of(self.pn().account()), self.lid().map(Jid::account));
    }
}
