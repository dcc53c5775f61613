package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Deadline;
import io.greenfinch.client.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the database (design 4.6). Units are committed in groups: as many as have gathered while
 * the previous group was made durable, and, as long as nobody is in a hurry, for some milliseconds more: under load that spares
 * most commits, and where one comes only now and then it is not noticed. When the database is in trouble the group waits and is tried
 * again, over a new
 * connection and after a pause that grows; its units and those behind it keep their order.
 *
 * <p>Outcomes are told by this thread after the commit, in the order of submission.
 */
final class WriterThread {

    private static final Logger log = LoggerFactory.getLogger(WriterThread.class);
    private static final int GROUP = 256;

    /** With so many waiting, only those get in who can't be refused. */
    private static final int CROWD = 16_384;

    /** From one commit to the next where nobody is in a hurry. */
    private static final long SPACE_NANOS = Duration.ofMillis(4).toNanos();

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private final BlockingQueue<WriteUnit<?>> queue = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> closing = new CompletableFuture<>();
    private final Handle.Source source;
    private final Predicate<Throwable> trouble;
    private final Clock clock;
    private final Timers timers;
    private final Thread thread;

    /** How long the database is left alone after the next attempt in vain. This thread's. */
    private Duration pause = FIRST_PAUSE;

    private volatile boolean troubled;

    /** Somebody blocks until a unit is durable that may be in the queue. */
    private volatile boolean hurried;

    /** A writer at work; for {@code trouble} see {@link JdbcDatabase}. */
    WriterThread(Handle.Source source, Predicate<Throwable> trouble, Clock clock, Timers timers) {
        this.source = source;
        this.trouble = trouble;
        this.clock = clock;
        this.timers = timers;
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    /** Hands in a unit and returns it; never blocks. It fails when the store is closed. */
    <T> WriteUnit<T> submit(WriteUnit<T> unit) {
        if (closing.isDone()) {
            unit.fail(closed());
        } else {
            queue.add(unit);
            if (closing.isDone() && !thread.isAlive() && queue.remove(unit)) {
                unit.fail(closed());
            }
        }
        return unit;
    }

    private static StoreException closed() {
        return new StoreException("the store is closed");
    }

    /** As {@link #submit}, of a unit for which somebody blocks. */
    <T> WriteUnit<T> hurry(WriteUnit<T> unit) {
        submit(unit);
        hurried = true;
        LockSupport.unpark(thread);
        return unit;
    }

    /** How many units wait. */
    int backlog() {
        return queue.size();
    }

    /** Whether so many wait that nobody should join them who need not. */
    boolean crowded() {
        return queue.size() >= CROWD;
    }

    /** Whether it lives, and its last attempt was not in vain. */
    boolean well() {
        return thread.isAlive() && !closing.isDone() && !troubled;
    }

    private void run() {
        List<WriteUnit<?>> group = new ArrayList<>(GROUP);
        try {
            while (!finished(group)) {
                try {
                    serve(group);
                } catch (RuntimeException e) {
                    met(e);
                    if (closing.isDone()) {
                        break;
                    }
                    Deadline.await(closing, clock.instant().plus(pause), timers, false);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing.complete(true);
            queue.drainTo(group);
            group.forEach(left -> left.fail(closed()));
        }
    }

    private boolean finished(List<WriteUnit<?>> group) {
        return closing.isDone() && group.isEmpty() && queue.isEmpty();
    }

    /**
     * Works with one connection for as long as it is in order.
     *
     * @param group what was taken from the queue and has no outcome yet
     */
    private void serve(List<WriteUnit<?>> group) throws InterruptedException {
        try (Handle handle = Handle.open(source)) {
            long next = System.nanoTime();
            while (!finished(group)) {
                if (group.isEmpty()) {
                    group.add(queue.take());
                    gather(next);
                    hurried = false;
                    queue.drainTo(group, GROUP - 1);
                }
                next = System.nanoTime() + SPACE_NANOS;
                List<Runnable> outcomes = commit(handle, group);
                group.clear();
                recovered();
                outcomes.forEach(Runnable::run);
            }
        }
    }

    /** Waits for others to come, until then at most. */
    private void gather(long until) {
        for (long left = until - System.nanoTime();
                left > 0 && !hurried && queue.size() < GROUP - 1 && !closing.isDone();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /**
     * Makes a group durable, or nothing of it, in which case all of it waits again. Units seldom fail, so that each has a
     * savepoint of its own only when one did.
     */
    private List<Runnable> commit(Handle handle, List<WriteUnit<?>> group) {
        try {
            return transaction(handle, group, unit -> unit.apply(handle));
        } catch (RuntimeException | StackOverflowError e) {
            if (e instanceof DatabaseException failure && trouble.test(failure)) {
                throw failure;
            }
            return transaction(handle, group, unit -> unit.applyApart(handle, trouble));
        }
    }

    private List<Runnable> transaction(
            Handle handle, List<WriteUnit<?>> group, Function<WriteUnit<?>, Runnable> application) {
        List<Runnable> outcomes = new ArrayList<>(group.size());
        try {
            handle.begin();
            for (WriteUnit<?> unit : group) {
                if (unit.begin()) {
                    outcomes.add(application.apply(unit));
                }
            }
            handle.commit();
            return outcomes;
        } catch (RuntimeException | StackOverflowError e) {
            rollback(handle, e);
            group.forEach(WriteUnit::waitAgain);
            throw e;
        }
    }

    /** There may be nothing left to roll back: after a full disk SQLite has done that by itself. */
    private static void rollback(Handle handle, Throwable why) {
        try {
            handle.rollback();
        } catch (DatabaseException e) {
            why.addSuppressed(e);
        }
    }

    private void met(RuntimeException failure) {
        if (!troubled) {
            log.error("The database can't be written; what is to be stored waits. It said: {}", words(failure));
        }
        troubled = true;
    }

    private void recovered() {
        if (troubled) {
            log.info("The database can be written again");
            troubled = false;
            pause = FIRST_PAUSE;
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

    /** Lets what was handed in become durable, unless the database is in trouble, then ends; false when it did not. */
    boolean end() {
        closing.complete(true);
        // Wakes the thread when it waits for work.
        queue.add(new WriteUnit<>(handle -> 0));
        try {
            if (!thread.join(TIME_TO_CLOSE)) {
                log.error("The store did not finish in {}", TIME_TO_CLOSE);
                return false;
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
