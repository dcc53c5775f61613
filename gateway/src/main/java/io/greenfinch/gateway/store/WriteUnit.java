package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.Savepoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A piece of work on its way to the database. It waits, is at work, waits again when that was in vain, and at last has an
 * outcome; as long as it waits its owner can take it back. Thread-safe.
 */
final class WriteUnit<T> {

    private final Database.Work<T> work;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private boolean atWork;
    private boolean withdrawn;

    WriteUnit(Database.Work<T> work) {
        this.work = work;
    }

    /** Completes with the outcome. */
    CompletableFuture<T> done() {
        return done;
    }

    /** Completes with what returns the result, or throws why there is none; never exceptionally. */
    CompletableFuture<Supplier<T>> outcome() {
        return done.handle((result, failure) -> () -> {
            if (failure instanceof StoreException known) {
                throw known;
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return result;
        });
    }

    /** Takes it back; false when it is at work, or has an outcome. */
    synchronized boolean withdraw() {
        withdrawn |= !atWork && !done.isDone();
        return withdrawn;
    }

    /** Begins an attempt; false when nobody wants it any more. */
    synchronized boolean begin() {
        atWork = !withdrawn;
        return atWork;
    }

    /** The attempt was in vain, and nothing of it is left. */
    synchronized void waitAgain() {
        atWork = false;
    }

    /**
     * Does the work.
     *
     * @return tells the outcome, once the group is durable
     */
    Runnable apply(Handle handle) {
        T result = work.on(handle);
        return () -> done.complete(result);
    }

    /**
     * Does the work under a savepoint, so that a unit that is refused leaves the others of its group alone.
     *
     * @param trouble whether a failure is the database's
     * @return tells the outcome, once the group is durable
     * @throws RuntimeException when nothing can be said of this unit: the database is in trouble
     */
    Runnable applyApart(Handle handle, Predicate<Throwable> trouble) {
        Savepoint before = handle.savepoint();
        try {
            Runnable outcome = apply(handle);
            handle.release(before);
            return outcome;
        } catch (RuntimeException | StackOverflowError e) {
            if (e instanceof DatabaseException failure && trouble.test(failure)) {
                throw failure;
            }
            undo(handle, before, e);
            return () -> fail(
                    e instanceof StoreException known
                            ? known
                            : new StoreException("nothing was stored: " + WriterThread.words(e), e));
        }
    }

    private static void undo(Handle handle, Savepoint before, Throwable why) {
        try {
            handle.rollbackTo(before);
        } catch (DatabaseException e) {
            e.addSuppressed(why);
            throw e;
        }
    }

    void fail(StoreException failure) {
        done.completeExceptionally(failure);
    }
}
