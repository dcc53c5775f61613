package io.greenfinch.gateway.store;

import static org.awaitility.Awaitility.await;

import io.greenfinch.client.store.HostRowContract.Breakage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Connections whose commits fail, or hang, when a test says so. Thread-safe. */
final class BrokenConnections implements UnaryOperator<Connection> {

    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Supplier<SQLException> failure;
    private volatile @Nullable CountDownLatch hanging;

    @Override
    public Connection apply(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        beforeCommit();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void beforeCommit() throws SQLException, InterruptedException {
        CountDownLatch gate = hanging;
        if (gate != null) {
            failures.incrementAndGet();
            gate.await();
        }
        Supplier<SQLException> present = failure;
        if (present != null) {
            failures.incrementAndGet();
            throw present.get();
        }
    }

    /** Commits fail like this from now on. */
    Breakage fail(Supplier<SQLException> how) {
        int before = failures.get();
        failure = how;
        return new Breakage() {
            @Override
            public void awaitHit() {
                awaitAttempts(before + 1);
            }

            @Override
            public void close() {
                failure = null;
            }
        };
    }

    /** Commits hang from now on. */
    Breakage hang() {
        int before = failures.get();
        CountDownLatch gate = new CountDownLatch(1);
        hanging = gate;
        return new Breakage() {
            @Override
            public void awaitHit() {
                awaitAttempts(before + 1);
            }

            @Override
            public void close() {
                hanging = null;
                gate.countDown();
            }
        };
    }

    /** Commits that were attempted in vain so far. */
    int attempts() {
        return failures.get();
    }

    void awaitAttempts(int count) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> failures.get() >= count);
    }
}
