package io.greenfinch.client.stanza;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** Wakes those who wait within one call, whoever brings the news. Thread-safe. */
final class Wakeup {

    private final Wire wire;
    private volatile CompletableFuture<Boolean> next = new CompletableFuture<>();

    Wakeup(Wire wire) {
        this.wire = wire;
    }

    /** Something has happened; whoever waits looks again. */
    void wake() {
        CompletableFuture<Boolean> now;
        synchronized (this) {
            now = next;
            next = new CompletableFuture<>();
        }
        now.complete(true);
    }

    /** Waits until the condition holds; false when it did not before this moment. */
    boolean await(Instant until, BooleanSupplier condition) {
        return await(wire::await, until, condition);
    }

    /** The same; false also when the session has ended. */
    boolean pause(Instant until, BooleanSupplier condition) {
        return await(wire::pause, until, condition);
    }

    private boolean await(
            BiPredicate<CompletableFuture<Boolean>, Instant> wait, Instant until, BooleanSupplier condition) {
        while (true) {
            CompletableFuture<Boolean> wakened = next; // before looking: what comes after completes it
            if (condition.getAsBoolean()) {
                return true;
            }
            if (!wait.test(wakened, until)) {
                return condition.getAsBoolean();
            }
        }
    }
}
