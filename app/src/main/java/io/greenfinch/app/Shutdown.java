package io.greenfinch.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. After SIGTERM or SIGINT everything registered is closed in reverse order and the process ends
 * with 0; the JVM alone would end with 143 or 130. Thread-safe.
 */
final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

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
        Readiness.stopping();
        closeAll();
        stopped.countDown();
        if (!failed) {
            Runtime.getRuntime().halt(0);
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
