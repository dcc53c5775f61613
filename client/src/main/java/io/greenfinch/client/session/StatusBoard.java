package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands, for everybody to read. Written by the session's thread only; what changes together is
 * published together.
 */
public final class StatusBoard {

    private final long instance;
    private final EventSink sink;
    private final Clock clock;
    private volatile SessionStatus status;

    StatusBoard(long instance, EventSink sink, Clock clock, @Nullable Account account) {
        this.instance = instance;
        this.sink = sink;
        this.clock = clock;
        status = new SessionStatus(
                account == null ? Phase.UNLINKED : Phase.CONNECTING,
                clock.instant(),
                Optional.ofNullable(account),
                Optional.empty());
    }

    public SessionStatus status() {
        return status;
    }

    void phase(Phase phase) {
        publish(phase, status.account(), status.lastDisconnect());
    }

    /** A connection has ended, or could not be made. */
    void lost(Phase phase, DisconnectCause cause, Optional<Instant> until) {
        publish(phase, status.account(), Optional.of(new Disconnect(cause, clock.instant(), until)));
    }

    /** The account is known, or known better. */
    public void linked(Phase phase, Account account) {
        publish(phase, Optional.of(account), status.lastDisconnect());
    }

    /** There is no account any more. */
    void unlinked(DisconnectCause cause) {
        publish(
                Phase.UNLINKED,
                Optional.empty(),
                Optional.of(new Disconnect(cause, clock.instant(), Optional.empty())));
    }

    private void publish(Phase phase, Optional<Account> account, Optional<Disconnect> disconnect) {
        SessionStatus before = status;
        Instant since = before.phase() == phase ? before.since() : clock.instant();
        SessionStatus after = new SessionStatus(phase, since, account, disconnect);
        if (!after.equals(before)) {
            status = after;
            sink.statusChanged(instance, after);
        }
    }
}
