package io.greenfinch.client.stanza;

import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Lets calls about the same group or person run one after the other. All subjects of a call are taken at once or none. Thread-safe. */
public final class Turns {

    private final Timers timers;
    private final Set<Jid> taken = new HashSet<>();
    private CompletableFuture<Boolean> someFreed = new CompletableFuture<>();

    public Turns(Timers timers) {
        this.timers = timers;
    }

    /** Waits until none of the subjects is taken and takes them; false when that did not happen before the deadline. */
    public boolean take(Collection<Jid> subjects, Instant deadline) {
        while (true) {
            CompletableFuture<Boolean> freed;
            synchronized (this) {
                if (Collections.disjoint(taken, subjects)) {
                    taken.addAll(subjects);
                    return true;
                }
                freed = someFreed;
            }
            if (!Deadline.await(freed, deadline, timers, false)) {
                return false;
            }
        }
    }

    /** Gives the subjects back. */
    public void giveBack(Collection<Jid> subjects) {
        CompletableFuture<Boolean> freed;
        synchronized (this) {
            taken.removeAll(Set.copyOf(subjects));
            freed = someFreed;
            someFreed = new CompletableFuture<>();
        }
        freed.complete(true);
    }
}
