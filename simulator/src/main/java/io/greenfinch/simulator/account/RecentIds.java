package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The ids of the messages that a device sent lately, and who asked for them again: the newest {@value #KEPT}. Guarded by the world's lock.
 */
public final class RecentIds {

    static final int KEPT = 1000;

    private static final int SAVED = 100;

    /**
     * A message that was taken.
     *
     * @param form hash of its stanza; empty when it was taken before a restart of the service
     * @param asking who can't read it
     */
    private record Taken(OptionalInt form, Set<Device> asking) {}

    private final SequencedMap<String, Taken> ids = new LinkedHashMap<>();

    /** Whether there was a message with this id lately. */
    public boolean contains(String id) {
        return ids.containsKey(id);
    }

    /** Whether a message with this id was taken that differs from {@code stanza} in any byte, as far as that is known. */
    public boolean differs(String id, Node stanza) {
        Taken taken = ids.get(id);
        return taken != null && taken.form.isPresent() && taken.form.getAsInt() != stanza.hashCode();
    }

    /** Notes the id of a message that was taken. */
    public void add(String id, Node stanza) {
        add(id, OptionalInt.of(stanza.hashCode()));
    }

    /** Notes the id of a message that was taken before a restart of the service. */
    void restore(String id) {
        add(id, OptionalInt.empty());
    }

    private void add(String id, OptionalInt form) {
        if (ids.size() >= KEPT) {
            ids.pollFirstEntry();
        }
        ids.put(id, new Taken(form, Set.of()));
    }

    /** The newest {@value #SAVED}, oldest first: those that a client may send again after a restart of the service. */
    List<String> newest() {
        return ids.keySet().stream().skip(Math.max(0, ids.size() - SAVED)).toList();
    }

    /** A device could not read a message, and asks for it again. */
    public void askedFor(String id, Device device) {
        ids.computeIfPresent(id, (_, taken) -> {
            Set<Device> asking = new HashSet<>(taken.asking);
            asking.add(device);
            return new Taken(taken.form, asking);
        });
    }

    /** The devices that are to get a message though its id was used already: each as often as it asked. */
    public Set<Device> takeAsking(String id) {
        Taken taken = ids.get(id);
        if (taken == null) {
            return Set.of();
        }
        ids.replace(id, new Taken(taken.form, Set.of()));
        return taken.asking;
    }
}
