package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers what is told of groups, so that an answer can be told which was asked for before and may be without it: changes that
 * bear no version, and our coming in. Belongs to the session's thread.
 */
final class GroupMoments {

    /** Of so many groups it is remembered when they were last told of: more than are asked for at the same time. */
    private static final int GROUPS = 1000;

    private final Map<Jid, Long> told = new LinkedHashMap<>();
    private final Map<Jid, Long> entered = new LinkedHashMap<>();
    private long now;

    /** The moment of a question that is sent now. */
    long now() {
        return now;
    }

    /** Something without a version is told of a group. */
    void told(Jid group) {
        note(told, group);
    }

    /** We are told to be in a group from now on. */
    void entered(Jid group) {
        note(entered, group);
    }

    /** True when something without a version was told after that moment. */
    boolean toldSince(Jid group, long moment) {
        return told.getOrDefault(group, 0L) > moment;
    }

    /** True when we came into the group after that moment. */
    boolean enteredSince(Jid group, long moment) {
        return entered.getOrDefault(group, 0L) > moment;
    }

    private void note(Map<Jid, Long> moments, Jid group) {
        moments.remove(group);
        if (moments.size() == GROUPS) {
            moments.remove(moments.keySet().iterator().next());
        }
        moments.put(group, ++now);
    }
}
