package io.greenfinch.gateway.address;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for addresses that callers name: it connects only to what the guard admits, follows no redirect, keeps no cookie, and
 * unpacks nothing. It is made with the first call of {@link #ready}: it reads all authorities of the JDK, for which no start of
 * the program should wait. Thread-safe.
 */
public final class GuardedClient implements AutoCloseable {

    /** Until a connection is there. */
    public static final Duration TO_CONNECT = Duration.ofSeconds(15);

    private static final Duration TO_FORGET_A_HOST = Duration.ofMinutes(5);

    private final String name;
    private final AddressGuard guard;
    private final Duration idle;
    private final int most;
    private @Nullable Made made;
    private boolean closed;

    /** What is there once it is used. */
    private record Made(HttpClient client, GuardedResolver resolver) {}

    /**
     * A client.
     *
     * @param name of its threads
     * @param idle after so much silence a connection ends
     * @param most requests at a time to one address
     */
    public GuardedClient(String name, AddressGuard guard, Duration idle, int most) {
        this.name = name;
        this.guard = guard;
        this.idle = idle;
        this.most = most;
    }

    private Made make() {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName(name);
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(name + "-"));
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler(name + "-timer", true);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setConnectTimeout(TO_CONNECT);
        connector.setIdleTimeout(idle);
        connector.setSslContextFactory(new SslContextFactory.Client());
        GuardedResolver resolver = new GuardedResolver(guard, scheduler);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setSocketAddressResolver(resolver);
        client.setMaxConnectionsPerDestination(most);
        client.setMaxRequestsQueuedPerDestination(most);
        client.setDestinationIdleTimeout(TO_FORGET_A_HOST.toMillis());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Greenfinch"));
        return new Made(client, resolver);
    }

    /**
     * The client, started.
     *
     * @throws IllegalStateException when this is closed, or it does not start
     */
    public synchronized HttpClient ready() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        Made current = made;
        if (current == null) {
            current = make();
            try {
                current.client.start();
            } catch (Exception e) {
                current.resolver.close();
                throw new IllegalStateException("an HTTP client did not start", e);
            }
            // Answers are not worth a second request, and need not be unpacked.
            current.client.getProtocolHandlers().clear();
            current.client.getContentDecoderFactories().clear();
            made = current;
        }
        return current.client;
    }

    @Override
    public void close() {
        Made current;
        synchronized (this) {
            closed = true;
            current = made;
        }
        if (current == null) {
            return;
        }
        try {
            current.client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("an HTTP client did not stop", e);
        } finally {
            current.resolver.close();
        }
    }
}
