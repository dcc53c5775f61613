package io.greenfinch.gateway.address;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Names to addresses, for an HTTP client: only addresses that the guard admits come out, and those are the ones that the client
 * connects to, so that no later answer of DNS can lead elsewhere. Look-ups block inside the system and have threads of their
 * own, a few for all. Thread-safe.
 */
public final class GuardedResolver implements SocketAddressResolver, AutoCloseable {

    private static final int THREADS = 8;
    private static final int QUEUE = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final AddressGuard guard;
    private final ThreadPoolExecutor threads;
    private final SocketAddressResolver system;

    public GuardedResolver(AddressGuard guard, Scheduler scheduler) {
        this(guard, threads -> new Async(threads, scheduler, PATIENCE.toMillis()));
    }

    /** @param system what DNS says, on these threads */
    GuardedResolver(AddressGuard guard, Function<Executor, SocketAddressResolver> system) {
        this.guard = guard;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("dns-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
        this.system = system.apply(threads);
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Promise<List<InetSocketAddress>> guarded = Promise.from(
                found -> {
                    List<InetSocketAddress> admitted = found.stream()
                            .filter(each -> guard.admits(each.getAddress()))
                            .toList();
                    if (admitted.isEmpty()) {
                        promise.failed(new ForbiddenAddressException());
                    } else {
                        promise.succeeded(admitted);
                    }
                },
                promise::failed);
        try {
            system.resolve(host, port, context, guarded);
        } catch (RejectedExecutionException e) {
            promise.failed(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
