package io.greenfinch.client.store;

import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The memory of leaves whose outcome nobody has been told yet. An intent is recorded before the leave stanza goes out
 * and forgotten only when the caller has its answer, so that a crash or a time-out in between can be resolved by asking
 * again: if the account turns out to be outside the group, it was this leave that took it out.
 *
 * <p>Intents are kept for 24 hours. At most one per instance and group: an open one stays when another is recorded, a
 * settled or an old one gives way. Thread-safe. Methods may block and are not called from a session's own thread. Every
 * implementation passes {@code LeaveIntentsContract}.
 */
public interface LeaveIntents {

    /** The age at which an intent is no longer believed. */
    Duration KEPT = Duration.ofHours(24);

    /**
     * A leave that was sent, or was about to be.
     *
     * @param group the group's JID
     * @param admin whether the account was an administrator when the stanza was sent
     * @param at when it was recorded
     */
    record Intent(Jid group, boolean admin, Instant at) {}

    /**
     * Records an intent such that it survives the death of the process when this returns. Never waits for the commits
     * of others.
     *
     * @throws StoreException when it could not be recorded; the leave must then not be sent
     */
    void record(long instance, Intent intent);

    /** The intent that is still open for this group, if it is younger than 24 hours. */
    Optional<Intent> find(long instance, Jid group);

    /**
     * The outcome is known and about to be told: {@link #find} no longer sees the intent, but after a crash it is there
     * again. {@link #reopen} undoes it, {@link #forget} completes it.
     */
    void settle(long instance, Jid group);

    /** Makes a settled intent visible again: its answer did not reach anybody. */
    void reopen(long instance, Jid group);

    /** Removes the intent for good. */
    void forget(long instance, Jid group);

    /** Removes all intents of an instance. */
    void forgetAll(long instance);
}
