package io.greenfinch.client.stanza;

import io.greenfinch.client.stanza.Verdict.Certain;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One subject's way through an {@link Exchange}. Belongs to the caller's thread; {@link #prove} and {@link #proven} may be
 * called from any.
 *
 * @param <S> what it is about
 * @param <T> what there is when it was done
 */
public final class Attempt<S, T> {

    private final S subject;
    private final Runnable wake;
    private @Nullable Outcome<T> outcome;
    private Outcome<T> told = new Outcome.Unknown<>(Silence.UNKNOWN);
    private int code;
    private boolean unknown;
    private boolean doubtful;
    private boolean doubtedBefore;
    private boolean toRepeat;
    private boolean repeated;
    private Duration wait = Duration.ZERO;
    private Duration nextWait = Exchange.FIRST_WAIT;
    private Silence waitingFor = Silence.UNKNOWN;

    // Written by the session's thread as well.
    private int stanzas;
    private int unanswered;
    private boolean overdue;
    private boolean verdictBelieved = true;
    private @Nullable Verdict<T> verdict;
    private volatile @Nullable Outcome<T> proof;

    Attempt(S subject, Runnable wake) {
        this.subject = subject;
        this.wake = wake;
    }

    public S subject() {
        return subject;
    }

    /** WhatsApp's code in the latest answer; 0 when there was none that can be understood. */
    public int code() {
        return code;
    }

    /** A stanza before the latest answer went out, and nobody knows what became of it. */
    public boolean unknown() {
        return unknown || doubtedBefore;
    }

    /**
     * The latest answer is an error for the stanza as a whole, and not for its form: servers send such ones although they have
     * carried it out (design §4.2).
     */
    public boolean doubtful() {
        return doubtful;
    }

    /** Whether some stanza may have been carried out. */
    public boolean mayBeDone() {
        return unknown() || doubtful;
    }

    /** It was looked at, and is not done: no error hides anything. */
    public void believe() {
        doubtful = false;
        doubtedBefore = false;
    }

    /** What the latest answer says. */
    public Outcome<T> told() {
        return told;
    }

    public boolean settled() {
        return outcome != null;
    }

    /** This is what became of it. */
    public void settle(Outcome<T> known) {
        outcome = known;
    }

    /** Something else than an answer, a notification as a rule, shows what became of it: nobody waits any longer. */
    public void prove(Outcome<T> shown) {
        proof = shown;
        wake.run();
    }

    /** Whether something shows what became of it. */
    public boolean proven() {
        return proof != null;
    }

    /** Nothing certain was learnt in time. */
    void giveUp(Silence why) {
        boolean untrue = unknown || (mayBeDone() && why == Silence.NOT_SENT);
        outcome = new Outcome.Unknown<>(untrue ? Silence.UNKNOWN : why);
    }

    /** The same, for the reason that the latest answer gives. */
    void giveUpAsTold() {
        giveUp(told instanceof Outcome.Unknown<T>(Silence why) ? why : Silence.UNKNOWN);
    }

    /** What became of it, as far as known. */
    public Outcome<T> outcome() {
        return outcome != null ? outcome : new Outcome.Unknown<>(Silence.UNKNOWN);
    }

    /** Takes what was shown, unless something certain is known already. */
    void settleAsProven() {
        Outcome<T> shown = proof;
        if (shown != null && (outcome == null || outcome instanceof Outcome.Unknown<T>)) {
            outcome = shown;
            if (!(shown instanceof Outcome.Done<T>)) {
                unknown = false; // the one stanza that there was is known to be refused
                believe();
            }
        }
    }

    synchronized int begin() {
        verdict = null;
        overdue = false;
        unanswered++;
        return ++stanzas;
    }

    /**
     * An answer to one of the stanzas has come. One that is late still proves that it was done; a late refusal proves that it
     * was not, if there was no other stanza.
     *
     * @param believed false of an error that proves nothing by itself
     */
    void answered(int stanza, Verdict<T> latest, boolean believed) {
        synchronized (this) {
            unanswered--;
            if (stanza == stanzas && !overdue) {
                verdict = latest;
                verdictBelieved = believed;
            } else if (latest instanceof Certain<T>(Outcome<T> certain)
                    && (certain instanceof Outcome.Done<T>
                            || (certain instanceof Outcome.Refused<T> && stanzas == 1 && believed))) {
                proof = certain;
            }
        }
        wake.run();
    }

    synchronized boolean heard() {
        return verdict != null || proof != null;
    }

    /** Whether one of the stanzas may still be answered, late. */
    synchronized boolean awaited() {
        return unanswered > 0;
    }

    /** What is known of the latest stanza; an answer that comes after this is late. */
    synchronized Verdict<T> take() {
        overdue = true;
        doubtedBefore |= doubtful;
        doubtful = verdict != null && !verdictBelieved;
        Verdict<T> latest = verdict == null ? new Verdict.Verify<>(0) : verdict;
        toRepeat = latest instanceof Verdict.Wait;
        switch (latest) {
            case Certain<T>(Outcome<T> certain) -> {
                told = certain;
                code = certain instanceof Outcome.Refused<T> refused ? refused.code() : 0;
            }
            case Verdict.Wait<T> limited -> code = 0;
            case Verdict.Explain<T> refused -> code = refused.code();
            case Verdict.Verify<T> unsure -> {
                code = unsure.code();
                unknown = true;
                doubtful = false;
            }
        }
        return latest;
    }

    Duration takeWait() {
        Duration now = wait;
        wait = Duration.ZERO;
        return now;
    }

    /** Whether the latest answer was to wait, and there is time for that. */
    boolean repeatsBefore(Instant deadline, Instant now) {
        return toRepeat && now.plus(wait).isBefore(deadline);
    }

    Silence waitingFor() {
        return waitingFor;
    }

    void waitFor(Duration time, Silence why) {
        wait = time;
        waitingFor = why;
    }

    /** How long to wait where nobody tells: twice as long each time. */
    Duration nextWait() {
        Duration now = nextWait;
        nextWait = nextWait.multipliedBy(2);
        return now;
    }

    /** Uses the one repetition; false when it is used up. */
    boolean repeat() {
        boolean first = !repeated;
        repeated = true;
        return first;
    }
}
