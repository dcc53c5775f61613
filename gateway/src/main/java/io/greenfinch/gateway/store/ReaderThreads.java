package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A few platform threads that read, each over one of as many connections: the driver's native calls would hold the
 * carrier of a virtual thread (design 4.6).
 */
final class ReaderThreads implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int QUEUE = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ThreadPoolExecutor threads;
    private final BlockingQueue<Handle> handles = new ArrayBlockingQueue<>(THREADS);

    ReaderThreads(Jdbi jdbi) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> Thread.ofPlatform()
                        .name("store-reader-" + number.incrementAndGet())
                        .unstarted(task));
        for (int i = 0; i < THREADS; i++) {
            handles.add(jdbi.open());
        }
    }

    /**
     * Reads, and blocks until it is done.
     *
     * @throws StoreException when it can't be read
     */
    <T> T read(WriterThread.Work<T> query) {
        Future<T> result;
        try {
            result = threads.submit(() -> {
                Handle handle = handles.take();
                try {
                    return query.on(handle);
                } finally {
                    handles.add(handle);
                }
            });
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
        handles.forEach(Handle::close);
    }
}
