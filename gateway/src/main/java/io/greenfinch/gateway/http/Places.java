package io.greenfinch.gateway.http;

import java.util.HashMap;
import java.util.Map;

/** Places for connections that stay open: so many in all, and so many of each instance. Thread-safe. */
final class Places {

    private final int most;
    private final int mostOfOne;
    private final Map<Long, Integer> taken = new HashMap<>();
    private int all;

    Places(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes one for an instance; false when there is none. */
    synchronized boolean take(long owner) {
        int own = taken.getOrDefault(owner, 0);
        if (all >= most || own >= mostOfOne) {
            return false;
        }
        all++;
        taken.put(owner, own + 1);
        return true;
    }

    /** Gives one back that was taken. */
    synchronized void giveBack(long owner) {
        all--;
        taken.computeIfPresent(owner, (key, own) -> own > 1 ? own - 1 : null);
    }
}
