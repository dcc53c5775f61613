package io.greenfinch.simulator.account;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The ids of the messages that a device sent lately, and who asked for them again: the newest {@value #KEPT}. Guarded by the world's lock.
 */
public final class RecentIds {

    static final int KEPT = 1000;

    private static final int SAVED = 100;

    private final SequencedMap<String, Set<Device>> ids = new LinkedHashMap<>();

    /** Whether there was a message with this id lately. */
    public boolean contains(String id) {
        return ids.containsKey(id);
    }

    /** Notes the id of a message that was taken. */
    public void add(String id) {
        if (ids.size() >= KEPT) {
            ids.pollFirstEntry();
        }
        ids.put(id, Set.of());
    }

    /** The newest {@value #SAVED}, oldest first: those that a client may send again after a restart of the service. */
    List<String> newest() {
        return ids.keySet().stream().skip(Math.max(0, ids.size() - SAVED)).toList();
    }

    /** A device could not read a message, and asks for it again. */
    public void askedFor(String id, Device device) {
        ids.computeIfPresent(id, (_, before) -> {
            Set<Device> asking = new HashSet<>(before);
            asking.add(device);
            return asking;
        });
    }

    /** The devices that are to get a message though its id was used already: each as often as it asked. */
    public Set<Device> takeAsking(String id) {
        Set<Device> asking = ids.getOrDefault(id, Set.of());
        ids.computeIfPresent(id, (_, _) -> Set.of());
        return asking;
    }
}
