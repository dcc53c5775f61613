package io.greenfinch.client.session;

import io.greenfinch.client.connection.SessionExecutor;
import io.greenfinch.client.store.MissingStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the steps that own a session's state: one at a time, in the order in which they came, on one thread or another, which
 * is "the session's thread" while it does so. Who brings a step from a thread that may be busy for a moment does it there
 * ({@link #executeHere}), which saves two hand-overs between threads; all else is done on a virtual thread that lives as long as
 * there are steps, so that a session at rest has none. Steps are short: they never wait for network, storage or another
 * session. Thread-safe.
 */
public final class Owner implements SessionExecutor {

    /** Steps of hosts that may wait; the session's own steps are bounded by what causes them, and always find room. */
    private static final int HOST_STEPS = 1024;

    /** After so many steps what they gathered is sent and stored, even when more are waiting. */
    private static final int BATCH = 64;

    private static final Logger log = LoggerFactory.getLogger(Owner.class);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resting = lock.newCondition();
    private final Deque<Runnable> inbox = new ArrayDeque<>(4);
    private final Runnable afterBatch;
    private final Consumer<Runnable> premature;
    private final Consumer<Throwable> failed;

    /** Who does the steps now. */
    private volatile @Nullable Thread doing;

    /** Whether a thread does them, or has been called to. */
    private boolean busy = true;

    private boolean stopped;

    /**
     * An owner that does nothing before {@link #begin}.
     *
     * @param name of its threads
     * @param afterBatch runs whenever the inbox has run empty
     * @param premature gets a step that lacked state and has to be done again
     * @param failed is told of a step that threw, whatever it was
     */
    public Owner(String name, Runnable afterBatch, Consumer<Runnable> premature, Consumer<Throwable> failed) {
        this.name = name;
        this.afterBatch = afterBatch;
        this.premature = premature;
        this.failed = failed;
    }

    /** Whether the caller is doing a step. */
    boolean isCurrent() {
        return Thread.currentThread() == doing;
    }

    /** Whether steps are being done, or wait. */
    boolean isBusy() {
        lock.lock();
        try {
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** Does what has come in, and from now on what comes. */
    public void begin() {
        lock.lock();
        try {
            busy = !inbox.isEmpty();
            if (!busy) {
                return;
            }
        } finally {
            lock.unlock();
        }
        callThread();
    }

    /** A step of the session itself. Ignored after {@link #stop}. */
    @Override
    public void execute(Runnable step) {
        if (add(step, Integer.MAX_VALUE) == Added.FIRST) {
            callThread();
        }
    }

    /** A step of the session itself. Ignored after {@link #stop}. */
    @Override
    public void executeHere(Runnable step) {
        if (add(step, Integer.MAX_VALUE) == Added.FIRST) {
            doHere();
        }
    }

    /** A step of the host, done as by {@link #executeHere}; false when too many are waiting or the session has ended. */
    boolean offer(Runnable step) {
        Added added = add(step, HOST_STEPS);
        if (added == Added.FIRST) {
            doHere();
        }
        return added != Added.NOT;
    }

    private enum Added {
        /** Nobody is at it: who added it sees to it. */
        FIRST,
        BEHIND_OTHERS,
        NOT
    }

    private Added add(Runnable step, int room) {
        lock.lock();
        try {
            if (stopped || inbox.size() >= room) {
                return Added.NOT;
            }
            inbox.add(step);
            if (busy) {
                return Added.BEHIND_OTHERS;
            }
            busy = true;
            return Added.FIRST;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the steps that are waiting and then ends. Waits for the end, except within a step. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            long left = STOP_WAIT.toNanos();
            while (busy && !isCurrent() && left > 0) {
                left = resting.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void callThread() {
        Thread.ofVirtual().name(name).start(() -> {
            while (doBatch()) {
                letOthersRun();
            }
        });
    }

    /** One batch at most: a caller is not kept by a flood. */
    private void doHere() {
        if (doBatch()) {
            callThread();
        }
    }

    /** Does what waits, or a part of it; true when more is waiting, which the caller sees to. */
    private boolean doBatch() {
        doing = Thread.currentThread();
        int steps = 0;
        for (Runnable step = poll(); step != null; step = ++steps < BATCH ? poll() : null) {
            attempt(step);
        }
        if (steps > 0) {
            attempt(afterBatch);
        }
        doing = null;
        lock.lock();
        try {
            busy = !inbox.isEmpty();
            if (!busy) {
                resting.signalAll();
            }
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /** A virtual thread that never waits keeps its carrier: a flood in one session must not stop the others. */
    @SuppressWarnings("ThreadPriorityCheck") // not for correctness, and there is no other way to hand over a carrier
    private static void letOthersRun() {
        Thread.yield();
    }

    /** The owner outlives whatever a step does: nobody else would run the next one. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (MissingStateException missing) {
            attempt(() -> premature.accept(step));
        } catch (Throwable e) {
            try {
                failed.accept(e);
            } catch (Throwable again) {
                again.addSuppressed(e);
                log.error("A failed step of {} could not be dealt with", name, again);
            }
        }
    }

    private @Nullable Runnable poll() {
        lock.lock();
        try {
            return inbox.poll();
        } finally {
            lock.unlock();
        }
    }
}
