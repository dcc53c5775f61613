package io.greenfinch.interop.soak;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Who does something again and again in a soak, each in a thread and with dice of its own, so that a seed decides what each does. When
 * one fails, all are over. Thread-safe.
 */
public final class Actors implements AutoCloseable {

    private final long seed;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Actors(long seed) {
        this.seed = seed;
    }

    /** Takes a step in this pace, until all is over. */
    public Future<?> act(long number, Duration pace, Consumer<RandomGenerator> step) {
        return act(number, pace, over, step);
    }

    /** The same, until an end of its own. */
    public Future<?> act(long number, Duration pace, CountDownLatch end, Consumer<RandomGenerator> step) {
        Random random = new Random(seed * 100_000 + number);
        return threads.submit(() -> {
            try {
                while (!end.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                    step.accept(random);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
                over.countDown();
            }
        });
    }

    /** What ends when all is over. */
    public CountDownLatch over() {
        return over;
    }

    /** Ends what ends with all. */
    public void finish() {
        over.countDown();
    }

    /** Why steps failed. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        finish();
        threads.shutdownNow();
    }
}
