package io.greenfinch.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. After SIGTERM or SIGINT everything registered is closed in reverse order and the process ends
 * with 0; the JVM alone would end with 143 or 130. Thread-safe.
 */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "shutdown");
    private volatile boolean failed;

    /** Starts to listen for signals. */
    static Shutdown install() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Registers something to close; returns it. */
    synchronized <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        stopped.await();
    }

    /** Closes everything because the start failed; the exit code stays the caller's. */
    void abandon() {
        failed = true;
        closeAll();
    }

    private void onSignal() {
        Thread.ofPlatform().daemon().name("shutdown-deadline").start(this::endInAnyCase);
        Readiness.stopping();
        closeAll();
        stopped.countDown();
        if (!failed) {
            Runtime.getRuntime().halt(0);
        }
    }

    /** Nothing that was promised waits for the end. What the operating system holds up, as a thread that writes to a disk that hangs, keeps the process all the same. */
    private void endInAnyCase() {
        try {
            if (!stopped.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // The log may be on the disk that hangs.
                Thread.ofVirtual()
                        .start(() -> LOG.error("Not everything stopped in time; the process ends all the same"));
                var _ = stopped.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeAll() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
