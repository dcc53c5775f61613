package io.greenfinch.client.time;

import java.time.Instant;

/**
 * Runs things later. One for the whole process, read by the same clock as everything else; tests step it by hand.
 * Thread-safe.
 */
public interface Timers {

    /**
     * Runs an action once, at that moment or as soon as possible afterwards, on a thread of the timers: it must be
     * short and must not block.
     */
    Timer at(Instant when, Runnable action);

    /** Something that is to happen. */
    interface Timer {

        /** Gives it up. Does nothing when it has happened already. */
        void cancel();
    }
}
