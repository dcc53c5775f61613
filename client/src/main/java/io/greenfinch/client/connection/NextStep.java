package io.greenfinch.client.connection;

import io.greenfinch.client.time.Timers;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a session does next, at its time: one step at most, and a new one takes the place of the last. Belongs to its thread. */
final class NextStep {

    private final ClientContext shared;
    private final Executor owner;
    private Timers.@Nullable Timer timer;
    private long turn;

    NextStep(ClientContext shared, Executor owner) {
        this.shared = shared;
        this.owner = owner;
    }

    void plan(Instant when, Runnable step) {
        cancel();
        long mine = turn;
        Runnable inTurn = () -> owner.execute(() -> {
            if (turn == mine) {
                step.run();
            }
        });
        if (when.isAfter(shared.clock().instant())) {
            timer = shared.timers().at(when, inTurn);
        } else {
            inTurn.run();
        }
    }

    /** A timer that has gone off already is void as well: its step finds that the turn has passed. */
    void cancel() {
        turn++;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
