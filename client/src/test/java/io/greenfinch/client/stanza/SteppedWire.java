package io.greenfinch.client.stanza;

import io.greenfinch.client.SteppedClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A wire without a network on which waiting takes no time: the clock is stepped instead. */
public abstract class SteppedWire implements Wire {

    public final SteppedClock clock = SteppedClock.atSomeTime();

    /** How long was waited in vain. */
    public final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    /** The least that a generator can give: waits are not longer than they must be. */
    public RandomGenerator random = () -> 0;

    /** What happens while somebody waits in vain, for example that an answer comes late. */
    public Runnable whileWaiting = () -> {};

    @Override
    public boolean awaitOnline(Instant deadline) {
        return true;
    }

    @Override
    public boolean await(CompletableFuture<Boolean> event, Instant until) {
        if (!event.isDone()) {
            Runnable now = whileWaiting;
            whileWaiting = () -> {};
            now.run();
        }
        if (!event.isDone()) {
            pauses.add(Duration.between(clock.instant(), until));
            clock.set(until);
        }
        return event.isDone();
    }

    @Override
    public boolean pause(CompletableFuture<Boolean> event, Instant until) {
        return await(event, until);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}
