package io.greenfinch.client.group;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of the session's state: which there are and which of them are doubted stays in memory, what they are is read
 * when it is needed. Changed by what is decided, and by nothing else: methods that name a change only make it.
 *
 * <p>Changed on the session's thread, read from any.
 */
final class HeldGroups {

    private static final Logger log = LoggerFactory.getLogger(HeldGroups.class);

    private final SessionState state;
    private final Set<Jid> ids = ConcurrentHashMap.newKeySet(1);
    private final Set<Jid> doubted = ConcurrentHashMap.newKeySet(1);

    /** Whoever does something about a group looks at it several times. Costs a session at rest nothing. */
    private volatile WeakReference<Decoded> last = new WeakReference<>(null);

    /** How many changes of members are kept one by one; then the group is written anew. */
    static final int CHANGES = 32;

    /** A group and its bytes, with the number of changes in them that are known to be written one by one. */
    private record Decoded(byte[] bytes, KnownGroup group, int changes) {}

    HeldGroups(SessionState state) {
        this.state = state;
        state.observe(this::decided);
    }

    /** Begins anew with what the store holds: ids of groups, and ids of those that are doubted. */
    void load(Set<String> stored, Set<String> doubts) {
        ids.clear();
        doubted.clear();
        stored.forEach(id -> Jid.parse(id).ifPresent(ids::add));
        doubts.forEach(id -> Jid.parse(id).ifPresent(doubted::add));
    }

    static StateKey key(Jid group) {
        return new StateKey(StateKind.GROUP, group.toString());
    }

    /**
     * The group as far as known; one whose bytes are damaged is not, and is doubted.
     *
     * @throws io.greenfinch.client.store.MissingStateException as {@link SessionState#find}
     */
    Optional<KnownGroup> find(Jid group) {
        if (!ids.contains(group)) {
            return Optional.empty();
        }
        Optional<byte[]> bytes = state.find(key(group));
        try {
            return bytes.map(this::decoded);
        } catch (IllegalArgumentException e) {
            log.warn("What was stored of group {} is damaged, and will be fetched: {}", group, e.getMessage());
            ids.remove(group);
            doubted.add(group);
            return Optional.empty();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the state gives the same bytes for as long as they stand
    private KnownGroup decoded(byte[] bytes) {
        Decoded known = last.get();
        if (known != null && known.bytes == bytes) {
            return known.group;
        }
        KnownGroup group = StoredGroups.decode(bytes);
        last = new WeakReference<>(new Decoded(bytes, group, CHANGES));
        return group;
    }

    /** A group after a change of its members, written as that change where its bytes are at hand. */
    @SuppressWarnings("ReferenceEquality") // as above
    Change.Put put(KnownGroup before, KnownGroup after, GroupUpdate.Action action, List<Participant> people) {
        Decoded known = last.get();
        int more = Math.max(1, people.size()); // one that tells a version alone is one, too
        Decoded next;
        if (known != null && known.group == before && known.changes + more <= CHANGES) {
            byte[] bytes = StoredGroups.changed(known.bytes, people, action, after);
            next = new Decoded(bytes, after, known.changes + more);
        } else {
            next = new Decoded(StoredGroups.encode(after), after, 0);
        }
        last = new WeakReference<>(next);
        return new Change.Put(StateKind.GROUP, after.group().id().toString(), next.bytes);
    }

    /** Sees to it that these groups can be found, as {@link SessionState#require}. */
    void require(Collection<Jid> groups) {
        state.require(groups.stream().filter(ids::contains).map(HeldGroups::key).toList());
    }

    boolean holds(Jid group) {
        return ids.contains(group);
    }

    Set<Jid> ids() {
        return Set.copyOf(ids);
    }

    boolean doubts(Jid group) {
        return doubted.contains(group);
    }

    Set<Jid> doubted() {
        return Set.copyOf(doubted);
    }

    static Change.Put put(KnownGroup known) {
        return new Change.Put(StateKind.GROUP, known.group().id().toString(), StoredGroups.encode(known));
    }

    static Change.Remove remove(Jid group) {
        return new Change.Remove(StateKind.GROUP, group.toString());
    }

    /** Who comes back sends by another key: nobody who has the old one can read on (specification §17.5). */
    static Change.Remove removeKey(Jid group) {
        return new Change.Remove(StateKind.GROUP_KEY, group.toString());
    }

    /** From then on, and after a restart too, this group's metadata is to be fetched before it is believed. */
    static Change.Put doubt(Jid group) {
        return new Change.Put(StateKind.GROUP_DOUBT, group.toString(), new byte[0]);
    }

    /** These changes, and that the group is doubted no more. */
    List<Change> settled(Jid group, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(changes));
        if (doubted.contains(group)) {
            all.add(new Change.Remove(StateKind.GROUP_DOUBT, group.toString()));
        }
        return all;
    }

    private void decided(Change change) {
        switch (change.kind()) {
            case GROUP -> apply(change, ids);
            case GROUP_DOUBT -> apply(change, doubted);
            default -> {} // of no group
        }
    }

    private static void apply(Change change, Set<Jid> changed) {
        switch (change) {
            case Change.Put put -> Jid.parse(put.key()).ifPresent(changed::add);
            case Change.Remove remove -> Jid.parse(remove.key()).ifPresent(changed::remove);
            case Change.Clear clear -> changed.clear();
        }
    }
}
