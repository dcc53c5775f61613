package io.greenfinch.client.group;

import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One group's way through one call of leave. Belongs to the caller's thread, except that the session's thread sets
 * {@link #atSending}.
 */
final class Departure {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    final Jid group;
    final Watch watch = new Watch();

    /** A leave of an earlier call whose outcome nobody was told. */
    final Optional<Intent> open;

    /** Our role when the first stanza went out; null while none has, or when we did not know that we were a member. */
    private volatile @Nullable Role role;

    /** What the recorded intent says; null while none is recorded. */
    @Nullable
    Boolean recordedAdmin;

    /** A stanza went out, and nobody knows what became of it. */
    boolean unknown;

    /** The one retry after a query that still listed us is used up. */
    boolean retried;

    /** An error for a whole batch does not tell which group it is about: this one is asked alone. */
    boolean alone;

    private Verdict verdict = Verdict.QUERY_OUTCOME;
    private Duration wait = Duration.ZERO;
    private Duration nextWait = FIRST_WAIT;
    private @Nullable LeaveOutcome outcome;

    Departure(Jid group, Optional<Intent> open) {
        this.group = group;
        this.open = open;
    }

    /** What the last stanza's answer said of this group. */
    Verdict verdict() {
        return verdict;
    }

    void verdict(Verdict latest) {
        verdict = latest;
    }

    boolean decided() {
        return outcome != null;
    }

    LeaveOutcome outcome() {
        return outcome != null ? outcome : new LeaveOutcome.NoAnswer(Silence.UNKNOWN);
    }

    void decide(LeaveOutcome result) {
        outcome = result;
    }

    /** Nothing certain was learnt in time. */
    void giveUp(Silence why) {
        boolean mayHaveLeft = unknown || (why == Silence.NOT_SENT && open.isPresent());
        boolean saysNothingHappened = why == Silence.NOT_SENT || why == Silence.NOT_LINKED;
        decide(new LeaveOutcome.NoAnswer(mayHaveLeft && saysNothingHappened ? Silence.UNKNOWN : why));
    }

    /** Keeps the role that the group state has at the moment of the first stanza: an echo may overtake the answer. */
    void atSending(Optional<Role> current) {
        if (role == null) {
            role = current.orElse(null);
        }
    }

    boolean wasMember() {
        return role != null;
    }

    boolean wasAdmin() {
        Role known = role;
        return known != null && known.admin();
    }

    /** How long to wait before the next stanza. */
    Duration takeWait() {
        Duration now = wait;
        wait = Duration.ZERO;
        return now;
    }

    /** The server wants us to wait: for as long as it says, else twice as long each time. */
    void backOff(Optional<Duration> wanted) {
        wait = wanted.filter(Duration::isPositive).orElse(nextWait);
        nextWait = nextWait.multipliedBy(2);
    }

    /** Uses the one retry, after a short pause: what made it fail may pass. */
    void retry() {
        retried = true;
        wait = FIRST_WAIT;
    }
}
