package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a lost connection is made anew: at once the first time, or as soon as its turn comes when many were lost together;
 * then less and less often, but never long after somebody has asked for it. After a refusal it is made slowly, whoever asks.
 * Belongs to the session's thread.
 */
public final class ReconnectPlan {

    /** An online time after which a lost connection counts as the first failure again. */
    private static final Duration STABLE = Duration.ofSeconds(30);

    /**
     * An online time after which a refusal counts as the first again. Where two processes replace each other, neither stays
     * online for longer than the other waits, so that both go on slowing down.
     */
    private static final Duration UNDISPUTED = Backoff.PATIENCE.multipliedBy(2);

    /** How long a suspension without an end keeps us from trying, and the longest time between two tries. */
    private static final Duration SUSPENSION = Duration.ofHours(1);

    private final Clock clock;
    private final Link link;
    private final Runnable connect;
    private final Backoff backoff;
    private final Backoff refusals;
    private final ConnectPace pace;
    private Instant wantedUntil = Instant.MIN;
    private @Nullable Instant onlineSince;
    private @Nullable Instant next;

    /**
     * Nothing is lost yet.
     *
     * @param connect makes the next attempt
     */
    public ReconnectPlan(ClientContext shared, Link link, Runnable connect) {
        this.clock = shared.clock();
        this.link = link;
        this.connect = connect;
        pace = shared.pace();
        backoff = new Backoff(shared.random());
        refusals = Backoff.patient(shared.random());
    }

    public void online() {
        onlineSince = clock.instant();
    }

    /** The connection is gone, and whatever was planned is off. */
    public void lost() {
        if (wasOnlineFor(STABLE)) {
            backoff.reset();
        }
        if (wasOnlineFor(UNDISPUTED)) {
            refusals.reset();
        }
        onlineSince = null;
        next = null;
    }

    private boolean wasOnlineFor(Duration time) {
        return onlineSince != null && onlineSince.plus(time).isBefore(clock.instant());
    }

    /** Plans the next attempt after a refusal that may pass without us: a client that is outdated, a device in use elsewhere. */
    public void afterRefusal(DisconnectCause cause, Optional<Instant> end) {
        link.later(cause == DisconnectCause.SUSPENDED ? suspension(end) : refusals.next(), connect);
    }

    /** Until the end of a suspension, as far as that is told, but not for too long. */
    private Duration suspension(Optional<Instant> end) {
        Instant now = clock.instant();
        Duration wait = end.map(told -> Duration.between(now, told)).orElse(SUSPENSION);
        return wait.compareTo(SUSPENSION) > 0 ? SUSPENSION : wait;
    }

    /**
     * Plans the next attempt.
     *
     * @param expected what was lost was to be lost: it is made at once
     */
    public void again(boolean expected) {
        boolean wanted = clock.instant().isBefore(wantedUntil);
        if (expected) {
            plan(Duration.ZERO);
        } else {
            Duration wait = wanted ? backoff.nextWanted() : backoff.next();
            plan(wait.isZero() && !wanted ? pace.next() : wait);
        }
    }

    /** Begins to count failures anew. */
    public void reset() {
        backoff.reset();
    }

    /** Somebody waits for the link until then: an attempt that is planned for later comes sooner. */
    public void wanted(Instant until) {
        wantedUntil = until.isAfter(wantedUntil) ? until : wantedUntil;
        link.hurry();
        Instant soon = clock.instant().plus(Backoff.LONGEST_WANTED);
        if (next != null && next.isAfter(soon)) {
            plan(Backoff.LONGEST_WANTED);
        }
    }

    private void plan(Duration wait) {
        next = clock.instant().plus(wait);
        link.later(wait, () -> {
            next = null;
            connect.run();
            if (clock.instant().isBefore(wantedUntil)) {
                link.hurry();
            }
        });
    }
}
