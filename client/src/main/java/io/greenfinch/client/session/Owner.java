package io.greenfinch.client.session;

import io.greenfinch.client.store.MissingStateException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a session's state, with its inbox of steps. Steps are short: they never wait for network,
 * storage or another session. Thread-safe.
 */
public final class Owner implements Executor {

    /** Steps of hosts that may wait; the session's own steps are bounded by what causes them, and always find room. */
    private static final int HOST_STEPS = 1024;

    /** After so many steps what they gathered is sent and stored, even when more are waiting. */
    private static final int BATCH = 64;

    private static final Logger log = LoggerFactory.getLogger(Owner.class);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Runnable> inbox = new ArrayDeque<>();
    private final Runnable afterBatch;
    private final Consumer<Runnable> premature;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private boolean stopped;

    /**
     * An owner that is not running yet.
     *
     * @param afterBatch runs whenever the inbox has run empty
     * @param premature gets a step that lacked state and has to be done again
     * @param failed is told of a step that threw, whatever it was
     */
    public Owner(String name, Runnable afterBatch, Consumer<Runnable> premature, Consumer<Throwable> failed) {
        this.afterBatch = afterBatch;
        this.premature = premature;
        this.failed = failed;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Whether the caller runs on this thread. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    public void begin() {
        thread.start();
    }

    /** A step of the session itself. Ignored after {@link #stop}. */
    @Override
    public void execute(Runnable step) {
        lock.lock();
        try {
            if (!stopped) {
                inbox.add(step);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A step of the host; false when too many are waiting or the session has ended. */
    boolean offer(Runnable step) {
        lock.lock();
        try {
            if (stopped || inbox.size() >= HOST_STEPS) {
                return false;
            }
            inbox.add(step);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the steps that are waiting and then ends. Waits for the end, except on the owner's own thread. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        if (!isCurrent()) {
            try {
                thread.join(STOP_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (true) {
            Runnable step = take();
            if (step == null) {
                return;
            }
            int steps = 0;
            while (step != null) {
                attempt(step);
                step = ++steps < BATCH ? poll() : null;
            }
            attempt(afterBatch);
            if (steps == BATCH) {
                letOthersRun();
            }
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
                log.error("A failed step of {} could not be dealt with", thread.getName(), again);
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

    private @Nullable Runnable take() {
        lock.lock();
        try {
            while (inbox.isEmpty() && !stopped) {
                arrived.awaitUninterruptibly();
            }
            return inbox.poll();
        } finally {
            lock.unlock();
        }
    }
}
