package io.greenfinch.gateway.work;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same work for many instances: for each one piece after the other, for so many at a time, in the order in which they
 * had something to do. An instance with nothing to do costs nothing, and one that waits costs no thread. Thread-safe.
 */
public final class Rota implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rota.class);

    /** How long an instance is left alone whose work has failed by our own fault, or the database's. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** The work. */
    @FunctionalInterface
    public interface Work {

        /** Does a piece of it, on a virtual thread, and may block with a deadline. A {@link StoreException} is tried again. */
        End of(long instance);
    }

    /** How a piece of work ended. */
    public sealed interface End {

        /** There may be more to do. */
        record More() implements End {}

        /** There is nothing to do until the instance is woken. */
        record Nothing() implements End {}

        /** There is more to do, after this time. */
        record Pause(Duration time) implements End {}
    }

    private enum At {
        READY,
        RUNNING,
        PAUSED
    }

    /** An instance with something to do. The rota's lock guards it. */
    private static final class Turn {
        private final long instance;
        private At at = At.READY;
        private boolean again;
        private boolean roused;
        private Timers.@Nullable Timer alarm;

        private Turn(long instance) {
            this.instance = instance;
        }
    }

    private final String name;
    private final int most;
    private final Work work;
    private final Timers timers;
    private final Clock clock;
    private final Map<Long, Turn> turns = new HashMap<>();
    private final Deque<Turn> ready = new ArrayDeque<>();
    private int running;
    private boolean closed;

    /**
     * A rota.
     *
     * @param name of its threads
     * @param most instances that are worked for at a time
     * @param clock the timers' own
     */
    public Rota(String name, int most, Work work, Timers timers, Clock clock) {
        this.name = name;
        this.most = most;
        this.work = work;
        this.timers = timers;
        this.clock = clock;
    }

    /** Instances that are worked for at this moment. */
    public synchronized int running() {
        return running;
    }

    /** There is something to do for an instance; if it pauses, that is not cut short. Never blocks. */
    public synchronized void wake(long instance) {
        if (closed) {
            return;
        }
        Turn turn = turns.get(instance);
        if (turn == null) {
            turn = new Turn(instance);
            turns.put(instance, turn);
            ready.add(turn);
        } else {
            turn.again = true;
        }
        dispatch();
    }

    /** The same, but whatever it paused for is over. Never blocks. */
    public synchronized void rouse(long instance) {
        wake(instance);
        Turn turn = turns.get(instance);
        if (turn != null && turn.at == At.PAUSED) {
            resume(turn);
            dispatch();
        } else if (turn != null && turn.at == At.RUNNING) {
            turn.roused = true;
        }
    }

    private void resume(Turn turn) {
        if (turn.alarm != null) {
            turn.alarm.cancel();
        }
        turn.at = At.READY;
        ready.add(turn);
    }

    private void dispatch() {
        while (running < most && !ready.isEmpty()) {
            Turn next = Objects.requireNonNull(ready.poll());
            next.at = At.RUNNING;
            next.again = false;
            next.roused = false;
            running++;
            Thread.ofVirtual().name(name + "-" + next.instance).start(() -> run(next));
        }
    }

    private void run(Turn turn) {
        End end = new End.Pause(AFTER_FAILURE);
        try {
            end = work.of(turn.instance);
        } catch (StoreException e) {
            log.warn("The {} of instance {} waits for the database: {}", name, turn.instance, e.getMessage());
        } catch (RuntimeException e) {
            log.error("The {} of instance {} failed", name, turn.instance, e);
        } finally {
            ended(turn, end);
        }
    }

    private synchronized void ended(Turn turn, End end) {
        running--;
        if (closed) {
            return;
        }
        if (end instanceof End.Pause(Duration time) && !turn.roused) {
            turn.at = At.PAUSED;
            turn.alarm = timers.at(clock.instant().plus(time), () -> rested(turn));
        } else if (end instanceof End.Nothing && !turn.again) {
            turns.remove(turn.instance);
        } else {
            resume(turn);
        }
        dispatch();
    }

    private synchronized void rested(Turn turn) {
        if (turn.at == At.PAUSED && !closed) {
            resume(turn);
            dispatch();
        }
    }

    /** Begins nothing more; what is under way may finish. */
    @Override
    public synchronized void close() {
        closed = true;
        ready.clear();
        for (Turn turn : turns.values()) {
            if (turn.alarm != null) {
                turn.alarm.cancel();
            }
        }
    }
}
