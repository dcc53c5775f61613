package io.greenfinch.client;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits how many connections are being made at the same time, over all sessions: a start with thousands of them is no
 * storm of handshakes. First come, first served; nobody blocks. Thread-safe.
 */
final class ConnectGate {

    private final Deque<Permit> waiting = new ArrayDeque<>();
    private int free;

    ConnectGate(int limit) {
        free = limit;
    }

    /**
     * Asks for a permit.
     *
     * @param granted called once, now or later, on any thread; must return at once
     */
    Permit ask(Runnable granted) {
        Permit permit = new Permit(granted);
        synchronized (this) {
            if (free == 0) {
                waiting.add(permit);
                return permit;
            }
            free--;
            permit.held = true;
        }
        granted.run();
        return permit;
    }

    /** The right to make a connection. */
    final class Permit {

        private final Runnable granted;
        private boolean held;
        private boolean over;

        private Permit(Runnable granted) {
            this.granted = granted;
        }

        /** Gives it back, or gives up waiting for it. Doing so again does nothing. */
        void release() {
            Permit next;
            synchronized (ConnectGate.this) {
                if (over) {
                    return;
                }
                over = true;
                if (!held) {
                    waiting.remove(this);
                    return;
                }
                next = waiting.poll();
                if (next == null) {
                    free++;
                    return;
                }
                next.held = true;
            }
            next.granted.run();
        }
    }
}
