package io.greenfinch.client.group;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups in memory, and which of them are doubted; each change of it as what the store must be told.
 *
 * <p>All groups are held, as the bytes that are stored: a member takes about 17 bytes, so that a hundred groups of a
 * hundred members take 170 KiB, and reading one back costs microseconds. Loading them from the store on demand would
 * have to wait for storage between a notification and its effect.
 *
 * <p>Written by the session's thread, read by any.
 */
final class HeldGroups {

    private static final Logger log = LoggerFactory.getLogger(HeldGroups.class);

    private final Map<Jid, byte[]> groups = new ConcurrentHashMap<>(4);
    private final Set<Jid> doubted = ConcurrentHashMap.newKeySet(1);

    /** Begins anew with what the store holds: groups by id, and the ids of those that are doubted. */
    void load(Map<String, byte[]> stored, Set<String> doubts) {
        groups.clear();
        doubted.clear();
        stored.forEach((id, bytes) -> Jid.parse(id).ifPresent(jid -> groups.put(jid, bytes)));
        doubts.forEach(id -> Jid.parse(id).ifPresent(doubted::add));
    }

    /** The group as far as known; one whose bytes are damaged is not, and is doubted. */
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

    boolean holds(Jid group) {
        return groups.containsKey(group);
    }

    Set<Jid> ids() {
        return Set.copyOf(groups.keySet());
    }

    boolean doubts(Jid group) {
        return doubted.contains(group);
    }

    Set<Jid> doubted() {
        return Set.copyOf(doubted);
    }

    Change.Put put(KnownGroup known) {
        byte[] bytes = StoredGroups.encode(known);
        Jid id = known.group().id();
        groups.put(id, bytes);
        return new Change.Put(StateKind.GROUP, id.toString(), bytes);
    }

    Change.Remove remove(Jid group) {
        groups.remove(group);
        return new Change.Remove(StateKind.GROUP, group.toString());
    }

    /** From now on, and after a restart too, this group's metadata is to be fetched before it is believed. */
    Change.Put doubt(Jid group) {
        doubted.add(group);
        return new Change.Put(StateKind.GROUP_DOUBT, group.toString(), new byte[0]);
    }

    /** These changes, and that the group is doubted no more. */
    List<Change> settled(Jid group, Change... changes) {
        List<Change> all = new ArrayList<>(List.of(changes));
        if (doubted.remove(group)) {
            all.add(new Change.Remove(StateKind.GROUP_DOUBT, group.toString()));
        }
        return all;
    }

    /** Forgets all groups and doubts that are not to be kept. */
    void retain(Predicate<Jid> kept, Predicate<Jid> keptDoubts) {
        groups.keySet().removeIf(kept.negate());
        doubted.removeIf(keptDoubts.negate());
    }

    /** What makes the store hold exactly this, whatever it held. */
    List<Change> everything() {
        List<Change> all = new ArrayList<>();
        all.add(new Change.Clear(StateKind.GROUP));
        all.add(new Change.Clear(StateKind.GROUP_DOUBT));
        groups.forEach((id, bytes) -> all.add(new Change.Put(StateKind.GROUP, id.toString(), bytes)));
        doubted.forEach(id -> all.add(new Change.Put(StateKind.GROUP_DOUBT, id.toString(), new byte[0])));
        return all;
    }
}
