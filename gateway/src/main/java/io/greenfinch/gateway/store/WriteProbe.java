package io.greenfinch.gateway.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether the database can be written, by writing: a lock or a full disk shows in nothing else as long as nobody has
 * anything to store. There is one attempt at a time, and whoever asks within a second of it hears the same. Thread-safe; blocks.
 */
final class WriteProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration VALID = Duration.ofSeconds(1);

    private final WriterThread writer;
    private @Nullable CompletableFuture<Integer> attempt;
    private long begun;

    WriteProbe(WriterThread writer) {
        this.writer = writer;
    }

    boolean succeeds() {
        try {
            current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Integer> current() {
        CompletableFuture<Integer> last = attempt;
        long now = System.nanoTime();
        if (last == null || (last.isDone() && now - begun > VALID.toNanos())) {
            begun = now;
            last = writer.submit(new WriteUnit<Integer>(
                            handle -> handle.execute("INSERT INTO sequence (name, value) VALUES ('probe', 1) "
                                    + "ON CONFLICT (name) DO UPDATE SET value = sequence.value + 1")))
                    .done();
            attempt = last;
        }
        return last;
    }
}
