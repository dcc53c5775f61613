package io.greenfinch.simulator.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things later, on a virtual thread each. What is due after {@link #close} is not done. Thread-safe. */
public final class Timer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Timer.class);

    private final ScheduledThreadPoolExecutor clockwork;

    public Timer() {
        clockwork = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulator-timer").factory());
        clockwork.setRemoveOnCancelPolicy(true);
        clockwork.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clockwork.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Something that was to be done later. */
    @FunctionalInterface
    public interface Appointment {

        /** Sees to it that it is not done, unless it was already. */
        void cancel();
    }

    /** Does {@code work} once, after {@code delay}. */
    public Appointment after(Duration delay, Runnable work) {
        try {
            var future = clockwork.schedule(() -> onVirtualThread(work), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            log.debug("not done any more: the simulator is closed");
            return () -> {};
        }
    }

    /** Does {@code work} again and again. */
    public Appointment every(Duration period, Runnable work) {
        var future = clockwork.scheduleAtFixedRate(
                () -> onVirtualThread(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private static void onVirtualThread(Runnable work) {
        Thread.ofVirtual().name("simulator-due").start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("something that was due failed", e);
            }
        });
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
    }
}
