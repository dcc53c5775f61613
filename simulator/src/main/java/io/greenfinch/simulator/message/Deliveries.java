package io.greenfinch.simulator.message;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing after the other. What a phone sends because of what it was just delivered comes after everything that was on its way
 * before: so that all devices see one order, however long a chain of reactions is. Guarded by the world's lock.
 */
final class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Does this now, or at the end of what is being done. What fails keeps nothing else from being done. */
    void submit(Runnable work) {
        waiting.add(work);
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                attempt(next);
            }
        } finally {
            busy = false;
        }
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("a message or receipt could not be delivered", e);
        }
    }
}
