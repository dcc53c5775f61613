package io.greenfinch.gateway.sending;

import io.greenfinch.client.store.UnknownOutcomeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sees to it that no message is both dropped and sent: who begins to send one is told when something was dropped since it was read from the
 * queue, and who drops sees all that was begun. Instances hardly ever wait for each other: many share few locks. Thread-safe.
 */
final class Drops {

    private static final int SHARES = 64;

    private record Share(ReadWriteLock lock, AtomicLong count) {}

    private final Share[] shares = Stream.generate(() -> new Share(new ReentrantReadWriteLock(), new AtomicLong()))
            .limit(SHARES)
            .toArray(Share[]::new);

    /** Instances of which the store has not said yet whether something was dropped, and how often. */
    private final Map<Long, Integer> open = new ConcurrentHashMap<>();

    private Share of(long instance) {
        return shares[Math.floorMod(instance, SHARES)];
    }

    /** A number that changes when something of the instance is dropped; asked before its queue is read. */
    long count(long instance) {
        return of(instance).count.get();
    }

    /** Whether nobody knows what is gone of an instance's queue. */
    boolean isOpen(long instance) {
        return open.containsKey(instance);
    }

    /**
     * Notes that something is begun, unless something was dropped meanwhile.
     *
     * @return whether it was noted
     */
    boolean begin(long instance, long before, Runnable note) {
        Share share = of(instance);
        share.lock.readLock().lock();
        try {
            if (share.count.get() != before || isOpen(instance)) {
                return false;
            }
            note.run();
            return true;
        } finally {
            share.lock.readLock().unlock();
        }
    }

    /** Drops something, while nothing of the instance is begun, and until it is known whether it is gone; blocks. */
    <T> T drop(long instance, Supplier<T> work) {
        Share share = of(instance);
        share.lock.writeLock().lock();
        try {
            return work.get();
        } catch (UnknownOutcomeException e) {
            open.merge(instance, 1, Integer::sum);
            var _ = e.decided().whenComplete((gone, failure) -> {
                share.count.incrementAndGet(); // what was read before may be gone
                open.computeIfPresent(instance, (id, times) -> times == 1 ? null : times - 1);
            });
            throw e;
        } finally {
            share.count.incrementAndGet();
            share.lock.writeLock().unlock();
        }
    }
}
