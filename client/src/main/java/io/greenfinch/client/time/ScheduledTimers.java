package io.greenfinch.client.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one platform thread, for any number of sessions. */
public final class ScheduledTimers implements Timers, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ScheduledTimers.class);

    private final Clock clock;
    private final ScheduledThreadPoolExecutor executor;

    /** Timers that read {@code clock}; it should be one that runs. */
    public ScheduledTimers(Clock clock) {
        this.clock = clock;
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("client-timers").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer at(Instant when, Runnable action) {
        // Never early: whoever looks at the clock when woken must find that the moment has come.
        long millis = Math.max(0, Duration.between(clock.instant(), when).toMillis() + 1);
        Future<?> task = executor.schedule(() -> run(action), millis, TimeUnit.MILLISECONDS);
        return () -> task.cancel(false);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("A timer's action failed", e);
        }
    }

    /** Gives up everything that has not happened yet. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
