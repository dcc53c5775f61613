package io.greenfinch.gateway.sending;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Sees to it that no message is both dropped and sent: who begins to send one is told when something was dropped since it was read from the
 * queue, and who drops sees all that was begun. Thread-safe.
 */
final class Drops {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong count = new AtomicLong();

    /** How often something was dropped so far; asked before the queue is read. */
    long count() {
        return count.get();
    }

    /**
     * Notes that something is begun, unless something was dropped meanwhile.
     *
     * @return whether it was noted
     */
    boolean begin(long before, Runnable note) {
        lock.readLock().lock();
        try {
            if (count.get() != before) {
                return false;
            }
            note.run();
            return true;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Drops something, while nothing is begun; blocks. */
    <T> T drop(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            count.incrementAndGet();
            lock.writeLock().unlock();
        }
    }
}
