package io.greenfinch.client.connection;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections are being made at the same time, over all sessions: a start with thousands of them is no
 * storm of handshakes. First come, first served, but those somebody waits for come before the others; nobody blocks.
 * Thread-safe.
 */
public final class ConnectGate {

    private final Set<Permit> waiting = new LinkedHashSet<>();
    private final Set<Permit> wanted = new LinkedHashSet<>();
    private int free;

    public ConnectGate(int limit) {
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

    private static @Nullable Permit poll(Set<Permit> queue) {
        Iterator<Permit> oldest = queue.iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Permit permit = oldest.next();
        oldest.remove();
        return permit;
    }

    /** The right to make a connection. */
    final class Permit {

        private final Runnable granted;
        private boolean held;
        private boolean urgent;
        private boolean over;

        private Permit(Runnable granted) {
            this.granted = granted;
        }

        /** Somebody waits for this one: it is granted before those nobody waits for. Does nothing once it is held. */
        void hurry() {
            synchronized (ConnectGate.this) {
                if (!held && !over && !urgent) {
                    urgent = true;
                    waiting.remove(this);
                    wanted.add(this);
                }
            }
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
                    (urgent ? wanted : waiting).remove(this);
                    return;
                }
                next = wanted.isEmpty() ? poll(waiting) : poll(wanted);
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
