package io.greenfinch.gateway.history;

import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.store.CallTable;
import io.greenfinch.gateway.work.Rounds;
import java.time.Clock;

/** Forgets phone calls that were kept for their time. Thread-safe. */
public final class CallExpiry implements AutoCloseable {

    private final CallTable calls;
    private final Rounds rounds;

    /** Nothing is forgotten before {@link #start}; {@code clock} is the timers' own. */
    public CallExpiry(CallTable calls, Timers timers, Clock clock) {
        this.calls = calls;
        this.rounds = new Rounds("calls", this::sweep, timers, clock);
    }

    /** Forgets from now on. */
    public void start() {
        rounds.start();
    }

    private void sweep() {
        rounds.all(calls::sweep);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
