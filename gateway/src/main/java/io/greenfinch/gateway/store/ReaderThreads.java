package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A few platform threads that read, each over one of as many connections: the driver's native calls would hold the
 * carrier of a virtual thread (design 4.6). A connection that has failed is replaced.
 */
final class ReaderThreads implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int QUEUE = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Handle.Source source;
    private final Predicate<Throwable> trouble;
    private final ThreadPoolExecutor threads;
    private final Queue<Handle> idle = new ConcurrentLinkedQueue<>();

    /** Readers with their connections open; for {@code trouble} see {@link JdbcDatabase}. */
    ReaderThreads(Handle.Source source, Predicate<Throwable> trouble) {
        this.source = source;
        this.trouble = trouble;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("store-reader-", 1).factory());
        for (int i = 0; i < THREADS; i++) {
            idle.add(Handle.open(source));
        }
    }

    /**
     * Reads, and blocks until it is done.
     *
     * @throws StoreException when it can't be read
     */
    <T> T read(Database.Work<T> query) {
        Future<T> result;
        try {
            result = threads.submit(() -> overIdle(query));
        } catch (RejectedExecutionException e) {
            throw new StoreException("the store is closed or overloaded", e);
        }
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException known) {
                throw known;
            }
            throw new StoreException("could not be read: " + WriterThread.words(e), e);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw new StoreException("could not be read within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while reading", e);
        }
    }

    private <T> T overIdle(Database.Work<T> query) {
        Handle left = idle.poll();
        Handle handle = left == null ? Handle.open(source) : left;
        boolean failed = false;
        try {
            return query.on(handle);
        } catch (DatabaseException e) {
            failed = trouble.test(e);
            if (failed) {
                close(handle, e);
            }
            throw e;
        } finally {
            if (!failed) {
                idle.add(handle);
            }
        }
    }

    private static void close(Handle handle, DatabaseException why) {
        try {
            handle.close();
        } catch (DatabaseException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle.forEach(Handle::close);
    }
}
