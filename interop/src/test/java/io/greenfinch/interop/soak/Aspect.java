package io.greenfinch.interop.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thing about a group that can be compared before a call and after it: somebody's place in it, its name, its settings.
 * Whoever changes it holds {@link #turn}; everything else in the group may change meanwhile.
 */
public class Aspect {

    /** For how long a request whose fate is unknown may still take effect: longer than any delay that is ordered. */
    private static final Duration LATE = Duration.ofSeconds(15);

    public final ReentrantLock turn = new ReentrantLock();
    private Instant unknownAt = Instant.MIN;

    /** A change was asked for, and nobody was told what became of it. */
    public void unknown() {
        unknownAt = Instant.now();
    }

    /** Whether an earlier change may take effect at any moment. */
    public final boolean uncertain() {
        return Instant.now().isBefore(later(unknownAt, LATE));
    }

    static Instant later(Instant instant, Duration by) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(by);
    }
}
