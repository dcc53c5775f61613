package io.greenfinch.gateway.webhook;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of an instance while it has something to send. Thread-safe. */
final class Courier {

    private Optional<WebhookTarget> target = Optional.empty();
    private @Nullable Attempt attempt;
    private boolean fresh;
    private long taken;

    /** Sets out to this target; empty when there is none. */
    synchronized void aim(Optional<WebhookTarget> now) {
        target = now;
    }

    /** What is obsolete because its target is another one now; nothing when it is the same. From then on it is {@link #fresh}. */
    synchronized Optional<Runnable> turn(Optional<WebhookTarget> now) {
        if (now.equals(target)) {
            return Optional.empty();
        }
        fresh = true;
        Attempt obsolete = attempt;
        return Optional.of(obsolete == null ? () -> {} : obsolete::abort);
    }

    /** Whether it need not wait for the pause after a failure, for it has another target since. */
    synchronized boolean fresh() {
        return fresh;
    }

    /** It waits for an answer. */
    synchronized void waits(Attempt now) {
        attempt = now;
        fresh = false;
    }

    /** It waits no longer. */
    synchronized void heard() {
        attempt = null;
    }

    /** What it waits for is given up. */
    void abort() {
        Attempt open;
        synchronized (this) {
            open = attempt;
        }
        if (open != null) {
            open.abort();
        }
    }

    /** What was taken; should it not be removed, it need not be sent again for that. */
    synchronized void took(long receipt) {
        taken = receipt;
    }

    synchronized boolean hasTaken(long receipt) {
        return taken == receipt;
    }
}
