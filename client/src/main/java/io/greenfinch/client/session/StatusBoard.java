package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.SessionEvent.StatusChanged;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.time.SteadyClock;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands, for everybody to read. Written by the session's thread only; what changes together is shown
 * together. Each change becomes an event of the next unit, or of the unit whose changes cause it.
 */
public final class StatusBoard {

    private final Intake intake;
    private final Clock clock;
    private final Clock wall;
    private volatile SessionStatus status;

    /** What the last event said: an account is told with its credentials, and shown when they are stored. */
    private SessionStatus told;

    private boolean withheld;

    StatusBoard(Intake intake, Clock clock, @Nullable Account account) {
        this.intake = intake;
        this.clock = clock;
        wall = SteadyClock.wall(clock);
        status = new SessionStatus(
                account == null ? Phase.UNLINKED : Phase.CONNECTING,
                clock.instant(),
                Optional.ofNullable(account),
                Optional.empty());
        told = status;
    }

    public SessionStatus status() {
        return status;
    }

    void phase(Phase phase) {
        show(phase, status.account(), status.lastDisconnect());
    }

    /** A connection has ended, or could not be made. */
    void lost(Phase phase, DisconnectCause cause, Optional<Instant> until) {
        show(phase, status.account(), Optional.of(new Disconnect(cause, wall.instant(), until)));
    }

    /** We have ended it, and the connection if there was one. */
    void closed(boolean connected) {
        if (connected) {
            lost(Phase.CLOSED, DisconnectCause.CLOSED_BY_US, Optional.empty());
        } else {
            phase(Phase.CLOSED);
        }
    }

    /** The account is known, or known better. */
    public void linked(Phase phase, Account account) {
        show(phase, Optional.of(account), status.lastDisconnect());
    }

    /** There is no account any more. */
    void unlinked(DisconnectCause cause) {
        show(Phase.UNLINKED, Optional.empty(), Optional.of(new Disconnect(cause, wall.instant(), Optional.empty())));
    }

    /** For the unit that stores its credentials: the account that is {@link #linked} once they are stored. */
    StatusChanged linking(Phase phase, Account account) {
        withheld = false;
        told = after(phase, Optional.of(account), status.lastDisconnect());
        return new StatusChanged(wall.instant(), told);
    }

    /** From now on changes are shown and not told, until {@link #present}. */
    void withhold() {
        withheld = true;
    }

    /** What is true at this moment, whatever was told or withheld; for the caller's unit. */
    StatusChanged present() {
        withheld = false;
        told = status;
        return new StatusChanged(wall.instant(), status);
    }

    private void show(Phase phase, Optional<Account> account, Optional<Disconnect> disconnect) {
        SessionStatus after = after(phase, account, disconnect);
        status = after;
        if (!after.equals(told)) {
            told = after;
            if (!withheld) {
                intake.add(List.of(), List.of(new StatusChanged(wall.instant(), after)));
            }
        }
    }

    private SessionStatus after(Phase phase, Optional<Account> account, Optional<Disconnect> disconnect) {
        Instant since = told.phase() == phase ? told.since() : clock.instant();
        return new SessionStatus(phase, since, account, disconnect);
    }
}
