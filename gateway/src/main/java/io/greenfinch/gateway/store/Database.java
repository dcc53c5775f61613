package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import java.util.concurrent.CompletableFuture;

/**
 * Where the gateway keeps everything but files: the tables of this package know it by this alone, in SQL that SQLite and
 * PostgreSQL both take (ADR 8). One unit of work takes effect as a whole or not at all, in the order in which units were
 * handed in. Thread-safe.
 *
 * <p>A database in trouble (gone, full, locked) loses nothing that was handed in: units wait in their order, are tried
 * again with growing pauses and are written when it is well; meanwhile it is not {@link #healthy}.
 */
public interface Database extends AutoCloseable {

    /**
     * What is done with the database in one transaction. It may run more than once, when an attempt was in vain: it leaves
     * no traces elsewhere.
     */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle);
    }

    /**
     * Writes. Never blocks and never refuses for want of room: who hands in a unit waits for its outcome before the next
     * one, and that is what bounds them.
     *
     * @return completes when the unit is durable; exceptionally with a {@link StoreException} when nothing of it was
     *     written. Completed by the thread that writes for everybody: what hangs on it must be short
     */
    <T> CompletableFuture<T> write(Work<T> work);

    /**
     * Writes, and blocks until it is durable.
     *
     * @throws UnknownOutcomeException when the unit was at work and no outcome came in time
     * @throws StoreException when nothing was written and nothing will be, for want of room or time as well
     */
    <T> T writeNow(Work<T> work);

    /**
     * Reads, and blocks until it is done.
     *
     * @throws StoreException when it can't be read
     */
    <T> T read(Work<T> query);

    /** Units that wait to be written. */
    int backlog();

    /** Whether it can be read and written, which is tried. Blocks. */
    boolean healthy();

    /** Makes durable what was handed in, as far as that can be done at once, then closes. */
    @Override
    void close();
}
