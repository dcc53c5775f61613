package io.greenfinch.client.stanza;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.store.MissingStateException;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps of a session in the order in which they came. One that needs state which is not in memory waits until it was
 * read, and those behind it wait as well; what all of them are known to need is read in one batch. A store that can't be
 * read is no fault of any step: it is asked again until the patience ends. Belongs to the session's thread.
 */
public final class OrderedSteps {

    private static final Logger log = LoggerFactory.getLogger(OrderedSteps.class);

    /** So many steps' needs are read together. */
    private static final int BATCH = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private record Step(Collection<StateKey> needs, Runnable action) {}

    private final ClientContext shared;
    private final SessionState state;
    private final Executor owner;
    private final Consumer<StoreException> failed;
    private final Deque<Step> waiting = new ArrayDeque<>(0);
    private boolean reading;
    private boolean held;
    private @Nullable Instant failingSince;
    private Duration pause = FIRST_PAUSE;
    private long generation;

    /**
     * No steps yet.
     *
     * @param failed told when the store could not be read for too long; what waits is void then
     */
    public OrderedSteps(ClientContext shared, SessionState state, Executor owner, Consumer<StoreException> failed) {
        this.shared = shared;
        this.state = state;
        this.owner = owner;
        this.failed = failed;
    }

    /**
     * Does a step now, or when its turn has come and its state is in memory.
     *
     * @param needs what it is known to need; more turns out by itself
     * @param action changes nothing before it has all that it needs: it may be begun more than once
     */
    public void run(Collection<StateKey> needs, Runnable action) {
        Step step = new Step(needs, action);
        if (waiting.isEmpty() && !held) {
            try {
                action.run();
            } catch (MissingStateException missing) {
                waiting.add(step);
                read(missing.keys());
            }
        } else {
            waiting.add(step);
        }
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    /** Forgets what waits, and begins nothing before {@link #release}: what is in memory may be older than what the store will have. */
    public void hold() {
        generation++;
        waiting.clear();
        reading = false;
        held = true;
        recovered();
    }

    /** What has come meanwhile is done now. */
    public void release() {
        held = false;
        if (!waiting.isEmpty() && !reading) {
            long mine = generation;
            owner.execute(() -> proceed(mine));
        }
    }

    private void read(Set<StateKey> missing) {
        Set<StateKey> keys = new HashSet<>(missing);
        waiting.stream().limit(BATCH).forEach(step -> keys.addAll(state.missing(step.needs())));
        reading = true;
        long mine = generation;
        var _ = Thread.ofVirtual().name("state-reader").start(() -> {
            try {
                state.pin(keys);
                owner.execute(() -> pinned(mine));
            } catch (StoreException e) {
                owner.execute(() -> notRead(mine, missing, e));
            }
        });
    }

    private void pinned(long mine) {
        if (mine != generation) {
            state.unpin();
            return;
        }
        reading = false;
        recovered();
        proceed(mine);
    }

    private void proceed(long mine) {
        if (mine != generation || reading || held) {
            return;
        }
        try {
            while (!waiting.isEmpty()) {
                waiting.element().action().run();
                waiting.remove();
            }
            state.unpin();
        } catch (MissingStateException missing) {
            read(missing.keys());
        } finally {
            // A step that failed in another way has had its turn.
            if (!reading && !waiting.isEmpty()) {
                waiting.remove();
                owner.execute(() -> proceed(mine));
            }
        }
    }

    private void notRead(long mine, Set<StateKey> missing, StoreException failure) {
        if (mine != generation) {
            return;
        }
        Instant now = shared.clock().instant();
        if (failingSince == null) {
            failingSince = now;
            log.warn("State of a session can't be read, and is asked for again: {}", failure.getMessage());
        } else if (now.isAfter(failingSince.plus(PATIENCE))) {
            failed.accept(failure);
            return;
        }
        Instant next = now.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        shared.timers()
                .at(
                        next,
                        () -> owner.execute(() -> {
                            if (mine == generation) {
                                read(missing);
                            }
                        }));
    }

    private void recovered() {
        failingSince = null;
        pause = FIRST_PAUSE;
    }
}
