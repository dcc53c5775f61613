package io.greenfinch.simulator.account;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the messages that a device sent lately: the newest {@value #KEPT}. Guarded by the world's lock. */
public final class RecentIds {

    static final int KEPT = 1000;

    private final Set<String> ids = new LinkedHashSet<>();

    /** Whether there was a message with this id lately. */
    public boolean contains(String id) {
        return ids.contains(id);
    }

    /** Notes the id of a message that was taken. */
    public void add(String id) {
        if (ids.size() == KEPT) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
        ids.add(id);
    }
}
