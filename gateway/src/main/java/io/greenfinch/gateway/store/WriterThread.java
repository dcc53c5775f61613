package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database (design 4.6). Units wait in a bounded queue and are committed in groups: as
 * many as have gathered while the previous group was made durable. Each runs under a savepoint of its own, so that one
 * which is refused leaves the others of its group alone.
 *
 * <p>Futures are completed by this thread after the commit, in the order of submission; what hangs on them must be short.
 */
final class WriterThread implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriterThread.class);
    private static final int QUEUE = 16_384;
    private static final int GROUP = 256;
    private static final String UNIT = "unit";

    /** A piece of work that takes effect as a whole or not at all. */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle);
    }

    private final BlockingQueue<Unit<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Jdbi jdbi;
    private final Thread thread;

    WriterThread(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    /**
     * Hands in a unit; never blocks.
     *
     * @return completes when the unit is durable; exceptionally with a {@link StoreException} when nothing of it was
     *     written
     */
    <T> CompletableFuture<T> submit(Work<T> work) {
        Unit<T> unit = new Unit<>(work, new CompletableFuture<>());
        if (closing.get()) {
            unit.fail(new StoreException("the store is closed"));
        } else if (!queue.offer(unit)) {
            unit.fail(new StoreException("the store is overloaded: " + QUEUE + " units are waiting"));
        } else if (closing.get() && !thread.isAlive() && queue.remove(unit)) {
            unit.fail(new StoreException("the store is closed"));
        }
        return unit.done;
    }

    /** How many units wait. */
    int backlog() {
        return queue.size();
    }

    boolean alive() {
        return thread.isAlive() && !closing.get();
    }

    private void run() {
        try {
            while (!finished()) {
                serve();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JdbiException e) {
            log.error("The store's writer stopped: {}", words(e));
        } finally {
            closing.set(true);
            for (Unit<?> left = queue.poll(); left != null; left = queue.poll()) {
                left.fail(new StoreException("the store is closed"));
            }
        }
    }

    private boolean finished() {
        return closing.get() && queue.isEmpty();
    }

    /** Works with one connection for as long as it is in order. */
    private void serve() throws InterruptedException {
        Handle handle = jdbi.open();
        try {
            List<Unit<?>> group = new ArrayList<>(GROUP);
            boolean inOrder = true;
            while (inOrder && !finished()) {
                group.add(queue.take());
                queue.drainTo(group, GROUP - 1);
                inOrder = commit(handle, group);
                group.clear();
            }
        } finally {
            close(handle);
        }
    }

    private static void close(Handle handle) {
        try {
            handle.close();
        } catch (JdbiException e) {
            log.warn("A connection to the store did not close cleanly: {}", words(e));
        }
    }

    /** Makes a group durable, or nothing of it; tells whether the connection may be used further. */
    private static boolean commit(Handle handle, List<Unit<?>> group) {
        List<Runnable> outcomes = new ArrayList<>(group.size());
        try {
            handle.begin();
            for (Unit<?> unit : group) {
                outcomes.add(unit.apply(handle));
            }
            handle.commit();
        } catch (RuntimeException e) {
            boolean inOrder = rollback(handle);
            StoreException failure = new StoreException("nothing could be stored: " + words(e), e);
            group.forEach(unit -> unit.fail(failure));
            return inOrder;
        }
        outcomes.forEach(Runnable::run);
        return true;
    }

    /** False when there was nothing left to roll back: after a full disk SQLite has done that by itself. */
    private static boolean rollback(Handle handle) {
        try {
            handle.rollback();
            return true;
        } catch (JdbiException e) {
            log.warn("A group was rolled back by the database itself: {}", words(e));
            return false;
        }
    }

    /** The driver's own words. */
    static String words(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Lets what was handed in become durable, then ends; gives up after {@code patience}. */
    void close(Duration patience) {
        closing.set(true);
        // Wakes the thread when it waits for work; a full queue needs no waking.
        boolean woken = queue.offer(new Unit<>(handle -> 0, new CompletableFuture<>()));
        try {
            if (!thread.join(patience)) {
                log.error("The store did not finish in {} (queue woken: {})", patience, woken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    private record Unit<T>(Work<T> work, CompletableFuture<T> done) {

        /** Does the work; what is returned tells the outcome once the group is durable. */
        Runnable apply(Handle handle) {
            handle.savepoint(UNIT);
            try {
                T result = work.on(handle);
                handle.releaseSavepoint(UNIT);
                return () -> done.complete(result);
            } catch (StoreException e) {
                undo(handle, e);
                return () -> fail(e);
            } catch (RuntimeException e) {
                undo(handle, e);
                return () -> fail(new StoreException("nothing was stored: " + words(e), e));
            }
        }

        /** Takes back this unit alone; where the database has ended the whole group, {@code why} is what is told. */
        private static void undo(Handle handle, RuntimeException why) {
            try {
                handle.rollbackToSavepoint(UNIT);
            } catch (JdbiException e) {
                why.addSuppressed(e);
                throw why;
            }
        }

        void fail(StoreException failure) {
            done.completeExceptionally(failure);
        }
    }
}
