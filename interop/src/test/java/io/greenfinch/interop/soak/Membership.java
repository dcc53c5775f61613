package io.greenfinch.interop.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One of our accounts in one group. Whoever lets the account leave, adds, removes, promotes or demotes it holds
 * {@link #turn}: what it is before a call can be compared with what it is afterwards. Everything else in the group may
 * change meanwhile.
 */
final class Membership {

    /** For how long a request whose fate is unknown may still take effect: longer than any delay that is ordered. */
    private static final Duration LATE = Duration.ofSeconds(15);

    /** How long the news of a changed role may be on its way. */
    private static final Duration NEWS = Duration.ofSeconds(5);

    final Subject subject;
    final String group;
    final ReentrantLock turn = new ReentrantLock();
    private Instant unknownAt = Instant.MIN;
    private Instant roleChanged = Instant.MIN;
    private boolean untold;

    Membership(Subject subject, String group) {
        this.subject = subject;
        this.group = group;
    }

    /** A leave was asked for, and nobody was told what became of it. */
    void unknown() {
        unknownAt = Instant.now();
        untold = true;
    }

    /** The caller was told for certain. */
    void told() {
        untold = false;
    }

    /** Somebody else put the account in or took it out: earlier leaves do not matter any more. */
    void changedByOthers() {
        untold = false;
        roleChanged = Instant.now();
    }

    void roleChanged() {
        roleChanged = Instant.now();
    }

    /** Whether an earlier leave may take effect at any moment. */
    boolean uncertain() {
        return Instant.now().isBefore(later(unknownAt, LATE));
    }

    /** Whether an earlier leave ended without an answer, so that "left earlier" may be the truth. */
    boolean untold() {
        return untold;
    }

    /** Whether the role may differ from what the gateway was told of it. */
    boolean roleInMotion() {
        return Instant.now().isBefore(later(roleChanged, NEWS));
    }

    private static Instant later(Instant instant, Duration by) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(by);
    }
}
