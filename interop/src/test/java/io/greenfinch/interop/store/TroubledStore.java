package io.greenfinch.interop.store;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A store that has bad times again and again, in which it takes its time, fails, and hangs, as dice decide; it keeps the contract all the
 * same: what fails has changed nothing, and commits take effect in their order. Thread-safe.
 */
final class TroubledStore implements SessionStore<SessionEvent>, AutoCloseable {

    /** What becomes of a call, with its share of a hundred. */
    private enum Trouble {
        FAILS(10),
        FAILS_LATE(5),
        SLOW(30),
        HANGS(2);

        private final int share;

        Trouble(int share) {
            this.share = share;
        }
    }

    private static final int LONGEST_WAIT = 300;
    private static final Duration HANGING = Duration.ofSeconds(3);

    /** From the begin of a bad time to that of the next one. */
    private static final Duration CYCLE = Duration.ofSeconds(6);

    private static final Duration BAD_TIME = Duration.ofMillis(1500);

    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final SessionStore<SessionEvent> store = new InMemorySessionStore<>((instance, event) -> {
        events.add(event);
        return () -> events.remove(event);
    });
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("troubled-store").factory());
    private final Random dice;
    private final Map<Trouble, Integer> seen = new EnumMap<>(Trouble.class);
    private final CountDownLatch healed = new CountDownLatch(1);
    private boolean troubled;
    private long begun;

    TroubledStore(long seed) {
        this.dice = new Random(seed);
    }

    /** What is stored, in order. */
    List<SessionEvent> events() {
        return events;
    }

    /** It is in trouble from now on. */
    synchronized void begin() {
        troubled = true;
        begun = System.nanoTime() - dice.nextLong(CYCLE.toNanos());
    }

    /** It works from now on, what hangs as well. */
    synchronized void heal() {
        troubled = false;
        healed.countDown();
    }

    /** How often it was in which trouble. */
    synchronized String troubles() {
        return seen.toString();
    }

    /** How often it failed. */
    synchronized int failures() {
        return seen.getOrDefault(Trouble.FAILS, 0) + seen.getOrDefault(Trouble.FAILS_LATE, 0);
    }

    @Override
    public long claim(long instance) {
        return store.claim(instance);
    }

    @Override
    public Map<StateKey, byte[]> read(long instance, Collection<StateKey> keys) {
        pass();
        return store.read(instance, keys);
    }

    @Override
    public Map<String, byte[]> load(long instance, StateKind kind) {
        pass();
        return store.load(instance, kind);
    }

    @Override
    public Set<String> keys(long instance, StateKind kind) {
        pass();
        return store.keys(instance, kind);
    }

    @Override
    public CompletionStage<Void> commit(
            long instance, long epoch, List<Change> changes, List<? extends SessionEvent> rows) {
        return CompletableFuture.runAsync(
                () -> {
                    pass();
                    store.commit(instance, epoch, changes, rows)
                            .toCompletableFuture()
                            .join();
                },
                writer);
    }

    /** Blocks or throws, if the dice say so. */
    private void pass() {
        int thrown;
        long wait;
        synchronized (this) {
            boolean bad = troubled && (System.nanoTime() - begun) % CYCLE.toNanos() < BAD_TIME.toNanos();
            thrown = bad ? dice.nextInt(100) : 100;
            wait = dice.nextInt(LONGEST_WAIT);
        }
        for (Trouble trouble : Trouble.values()) {
            if (thrown >= 0 && thrown < trouble.share) {
                suffer(trouble, wait);
                return;
            }
            thrown -= trouble.share;
        }
    }

    private void suffer(Trouble trouble, long wait) {
        synchronized (this) {
            seen.merge(trouble, 1, Integer::sum);
        }
        switch (trouble) {
            case FAILS -> throw new StoreException("it fails");
            case FAILS_LATE -> {
                rest(wait);
                throw new StoreException("it fails late");
            }
            case SLOW -> rest(wait);
            case HANGS -> rest(HANGING.toMillis());
        }
    }

    private void rest(long millis) {
        try {
            var _ = healed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("it is closed", e);
        }
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
