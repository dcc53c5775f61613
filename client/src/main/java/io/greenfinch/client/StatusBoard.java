package io.greenfinch.client;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a session stands, for everybody to read. Written by the session's thread only. */
final class StatusBoard {

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

    SessionStatus status() {
        return status;
    }

    /** Enters a phase; to stay in it changes nothing. */
    void phase(Phase phase) {
        if (status.phase() != phase) {
            publish(new SessionStatus(phase, clock.instant(), status.account(), status.lastDisconnect()));
        }
    }

    void account(@Nullable Account account) {
        Optional<Account> changed = Optional.ofNullable(account);
        if (!status.account().equals(changed)) {
            publish(new SessionStatus(status.phase(), status.since(), changed, status.lastDisconnect()));
        }
    }

    void disconnected(DisconnectCause cause, Optional<Instant> until) {
        Disconnect disconnect = new Disconnect(cause, clock.instant(), until);
        publish(new SessionStatus(status.phase(), status.since(), status.account(), Optional.of(disconnect)));
    }

    private void publish(SessionStatus changed) {
        status = changed;
        sink.statusChanged(instance, changed);
    }
}
