package io.greenfinch.client.leave;

import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Lets calls for the same group run one after the other. All groups of a call are taken at once or none. Thread-safe. */
final class Turns {

    private final Timers timers;
    private final Set<Jid> taken = new HashSet<>();
    private CompletableFuture<Boolean> someFreed = new CompletableFuture<>();

    Turns(Timers timers) {
        this.timers = timers;
    }

    /** Waits until none of the groups is taken and takes them; false when that did not happen before the deadline. */
    boolean take(Collection<Jid> groups, Instant deadline) {
        while (true) {
            CompletableFuture<Boolean> freed;
            synchronized (this) {
                if (Collections.disjoint(taken, groups)) {
                    taken.addAll(groups);
                    return true;
                }
                freed = someFreed;
            }
            if (!Deadline.await(freed, deadline, timers, false)) {
                return false;
            }
        }
    }

    /** Gives the groups back. */
    void giveBack(Collection<Jid> groups) {
        CompletableFuture<Boolean> freed;
        synchronized (this) {
            taken.removeAll(Set.copyOf(groups));
            freed = someFreed;
            someFreed = new CompletableFuture<>();
        }
        freed.complete(true);
    }
}
