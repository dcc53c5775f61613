package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts news of groups that bear no version, so that an answer can be told which was asked for before them and may be without
 * them. Belongs to the session's thread.
 */
final class NewsCount {

    /** Of so many groups it is remembered when they were last told of: more than are asked for at the same time. */
    private static final int GROUPS = 1000;

    private final Map<Jid, Long> last = new LinkedHashMap<>();
    private long now;

    /** The moment of a question that is sent now. */
    long now() {
        return now;
    }

    /** Something is told of a group. */
    void told(Jid group) {
        last.remove(group);
        if (last.size() == GROUPS) {
            last.remove(last.keySet().iterator().next());
        }
        last.put(group, ++now);
    }

    /** True when something was told after that moment. */
    boolean toldSince(Jid group, long moment) {
        return last.getOrDefault(group, 0L) > moment;
    }
}
