package io.greenfinch.client;

import io.greenfinch.client.change.Birth;
import io.greenfinch.client.change.Births;
import io.greenfinch.client.change.GroupState;
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
import java.time.Duration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** The server tells its time in whole seconds: it may be later by so much. */
    private static final Duration CLOCK_TICK = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(GroupBook.class);

    private final Clock clock;
    private final Map<Jid, byte[]> groups = new ConcurrentHashMap<>(4);
    private final Set<Jid> doubted = ConcurrentHashMap.newKeySet(1);
    private final Map<Jid, Watch> watches = new ConcurrentHashMap<>(1);
    private final Map<String, Birth> births = new ConcurrentHashMap<>(1);
    private final NewsCount news = new NewsCount();
    private final Recorder recorder;
    private Runnable whenOvertaken = () -> {};
    private volatile @Nullable Account account;
    private volatile Duration serverAhead = Duration.ZERO;

    /** Takes what a change means for store and events, apart from any stanza. */
    interface Recorder {
        void record(List<Change> changes, List<SessionEvent> events);
    }

    GroupBook(Clock clock, Recorder recorder) {
        this.clock = clock;
        this.recorder = recorder;
    }

    /** Begins anew with what the store holds: groups by id, and the ids of those that are doubted. */
    void load(@Nullable Account owner, Map<String, byte[]> stored, Set<String> doubts) {
        account = owner;
        groups.clear();
        doubted.clear();
        stored.forEach((id, bytes) -> Jid.parse(id).ifPresent(jid -> groups.put(jid, bytes)));
        doubts.forEach(id -> Jid.parse(id).ifPresent(doubted::add));
    }

    /** What the server's clock shows at this moment. */
    void serverTime(Instant shown) {
        serverAhead = Duration.between(clock.instant(), shown);
    }

    /** The moment, by the server's clock as far as known: it tells whole seconds only. */
    Instant now() {
        return clock.instant().plus(serverAhead);
    }

    /** From now on this is who we are. */
    void account(@Nullable Account owner) {
        account = owner;
    }

    /** The group as far as known; one whose bytes are damaged is not, and is doubted. From any thread. */
    Optional<KnownGroup> find(Jid group) {
        try {
            return Optional.ofNullable(groups.get(group)).map(StoredGroups::decode);
        } catch (IllegalArgumentException e) {
            log.warn("What was stored of group {} is damaged, and will be fetched: {}", group, e.getMessage());
            groups.remove(group);
            doubted.add(group);
            return Optional.empty();
        }
    }

    @Override
    public Optional<Role> role(Jid group) {
        return doubted.contains(group) ? Optional.empty() : listedAs(group);
    }

    @Override
    public Optional<Role> listedAs(Jid group) {
        return find(group).flatMap(this::ownRole);
    }

    @Override
    public Optional<KnownGroup> certain(Jid group) {
        return doubted.contains(group)
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
        return new Change.Remove(StateKind.GROUP, group.toString());
    }

    /** From now on, and after a restart too, this group's metadata is to be fetched before it is believed. */
    Change.Put doubt(Jid group) {
        doubted.add(group);
        return new Change.Put(StateKind.GROUP_DOUBT, group.toString(), new byte[0]);
    }

    /** The groups whose metadata must be fetched. From any thread. */
    Set<Jid> doubted() {
        return Set.copyOf(doubted);
    }

    private List<Change> settled(Jid group, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(changes));
        if (doubted.remove(group)) {
            all.add(new Change.Remove(StateKind.GROUP_DOUBT, group.toString()));
        }
        return all;
    }

    @Override
    public long moment() {
        return news.now();
    }

    /** News that bear no version. */
    NewsCount news() {
        return news;
    }

    @Override
    public void fetched(KnownGroup metadata, long asked) {
        Jid id = metadata.group().id();
        if (overtook(metadata) || news.toldSince(id, asked)) {
            recorder.record(List.of(doubt(id)), List.of());
            whenOvertaken.run();
        } else {
            settle(metadata);
        }
    }

    /** What to do when a group is doubted because its metadata came too late: it must be fetched again. */
    void whenOvertaken(Runnable fetch) {
        whenOvertaken = fetch;
    }

    /** True when we know of a change of members that this metadata lacks: the answer took longer than the news. */
    boolean overtook(KnownGroup metadata) {
        return find(metadata.group().id())
                .map(known -> known.overtook(metadata))
                .orElse(false);
    }

    /** Believes metadata, whatever was known before. */
    void settle(KnownGroup metadata) {
        Jid id = metadata.group().id();
        Optional<KnownGroup> known = find(id);
        KnownGroup fetched = metadata.settledAt(now().plus(CLOCK_TICK));
        if (known.isEmpty()) {
            recorder.record(settled(id, put(fetched)), List.of(OwnEvents.joined(clock.instant(), id, self())));
        } else if (doubted.contains(id) || known.get().differs(fetched)) {
            List<SessionEvent> events = OwnEvents.changed(clock.instant(), known.get(), fetched);
            recorder.record(settled(id, put(known.get().refreshed(fetched))), events);
        }
    }

    /** A notification that tells the same changes nothing any more. */
    @Override
    public void created(KnownGroup group) {
        Jid id = group.group().id();
        if (find(id).isEmpty()) {
            recorder.record(List.of(put(group)), List.of(OwnEvents.created(clock.instant(), group, self())));
        }
    }

    @Override
    public void outside(Jid group, boolean byUs) {
        if (groups.containsKey(group)) {
            recorder.record(
                    settled(group, remove(group)), List.of(OwnEvents.out(clock.instant(), group, self(), byUs)));
        } else if (doubted.contains(group)) {
            recorder.record(settled(group), List.of());
        }
    }

    /** Takes the complete list of our groups. The first one is what we start from; later ones show what was missed. */
    void replaceAll(List<KnownGroup> fetched, long asked, boolean first, Consumer<List<Change>> changed) {
        if (!first) {
            Set<Jid> missing = new HashSet<>(groups.keySet());
            missing.addAll(doubted);
            fetched.forEach(known -> missing.remove(known.group().id()));
            missing.forEach(group -> outside(group, false));
            fetched.forEach(metadata -> fetched(metadata, asked));
            return;
        }
        groups.clear();
        doubted.clear();
        Instant settled = now().plus(CLOCK_TICK);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Clear(StateKind.GROUP));
        changes.add(new Change.Clear(StateKind.GROUP_DOUBT));
        fetched.forEach(known -> changes.add(put(known.settledAt(settled))));
        changed.accept(changes);
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
}
