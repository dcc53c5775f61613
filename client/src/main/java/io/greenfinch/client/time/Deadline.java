package io.greenfinch.client.time;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for something, but not for ever. */
public final class Deadline {

    private Deadline() {}

    /**
     * Blocks until {@code awaited} has a value or the deadline has passed by the timers' clock.
     *
     * @param awaited never completes exceptionally
     * @param otherwise what to answer at the deadline, or when the thread is interrupted (it stays interrupted)
     */
    public static <T> T await(CompletableFuture<T> awaited, Instant deadline, Timers timers, T otherwise) {
        if (awaited.isDone()) {
            return awaited.join();
        }
        CompletableFuture<T> either = awaited.copy();
        Timers.Timer timer = timers.at(deadline, () -> either.complete(otherwise));
        try {
            return either.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException("what was awaited has failed", e);
        } finally {
            timer.cancel();
        }
    }
}
