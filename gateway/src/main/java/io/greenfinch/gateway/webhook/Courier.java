package io.greenfinch.gateway.webhook;

import io.greenfinch.client.time.Timers;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of an instance that has something to send. Its sender's lock guards it. */
final class Courier {

    /** What it is at. */
    enum At {
        /** It waits for its turn. */
        READY,
        /** It is on its way. */
        RUNNING,
        /** Its receiver did not take something, and is left alone for a while. */
        PAUSED
    }

    final long instance;
    At at = At.READY;

    /** Whether something has changed since it set out. */
    boolean more;

    /** Whether its receiver is another one since the last failure: it need not wait. */
    boolean fresh;

    /** Where it went last; empty when it had no target. */
    Optional<WebhookTarget> target = Optional.empty();

    /** What it is waiting for an answer to. */
    @Nullable
    Attempt attempt;

    Timers.@Nullable Timer alarm;

    /** What was taken, but could not be removed. */
    long taken;

    Courier(long instance) {
        this.instance = instance;
    }
}
