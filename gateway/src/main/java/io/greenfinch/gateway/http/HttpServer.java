package io.greenfinch.gateway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jetty server with one listener: HTTP/1.1, each request on a virtual thread, everything bounded. It keeps no request
 * log, since the URI of every request holds a token.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_HEADERS = 16 * 1024;
    /** Those calls that wait for news last so long at most, whatever the time-out of others. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int ACCEPT_QUEUE = 1024;

    private static final String LOOPBACK = "127.0.0.1";

    /** An address kept for documentation, on no network (RFC 5737). */
    private static final InetAddress SOMEWHERE = InetAddress.ofLiteral("192.0.2.1");

    private final Server server;
    private final ServerConnector connector;
    private final GracefulHandler graceful;
    private final String host;

    private HttpServer(Server server, ServerConnector connector, GracefulHandler graceful, String host) {
        this.server = server;
        this.connector = connector;
        this.graceful = graceful;
        this.host = host;
    }

    /**
     * Listens.
     *
     * @param port 0 picks a free one
     * @param requestTimeout how long a call lasts at most, and how long its head may take to come
     * @param origins whether pages of other origins may read what is answered
     * @throws ListenException when the address can't be had
     */
    public static HttpServer start(
            String host, int port, Duration requestTimeout, Clock clock, boolean origins, Handler handler) {
        return start(host, port, requestTimeout, clock, origins, handler, Doorkeeper.places());
    }

    static HttpServer start(
            String host, int port, Duration requestTimeout, Clock clock, boolean origins, Handler handler, int places) {
        QueuedThreadPool threads = new QueuedThreadPool(16, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-request-"));
        // No buffer is used twice: Jetty gives some back that are still read into, and somebody else's answer began
        // with what a caller had sent (HostileHttpIT, ADR 23).
        Server server = new Server(threads, null, ByteBufferPool.NON_POOLING);
        ServerConnector connector = connector(server, places);
        connector.setHost(host);
        connector.setPort(port);
        // A connection must outlive the longest call, which is silent until its answer.
        Duration longest = requestTimeout.compareTo(LONGEST_WAIT) > 0 ? requestTimeout : LONGEST_WAIT;
        connector.setIdleTimeout(longest.plusSeconds(35).toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(places + Doorkeeper.SPARE, connector));
        Sockets.prepare(server);
        Doorkeeper doorkeeper = new Doorkeeper(handler, requestTimeout, new Replies(clock, origins));
        GracefulHandler graceful = new GracefulHandler(doorkeeper);
        server.setHandler(graceful);
        server.setErrorHandler(new ServerErrors(clock, origins));
        HttpServer started = new HttpServer(server, connector, graceful, host);
        try {
            server.start();
            doorkeeper.watch(connector);
        } catch (Exception e) {
            started.close();
            throw new ListenException(host, port, e);
        }
        return started;
    }

    private static ServerConnector connector(Server server, int places) {
        return new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration())) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
                boolean spare = getConnectedEndPoints().size() >= places;
                SocketChannelEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler(), spare);
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setUseInputDirectByteBuffers(false); // since they are not kept, cheap ones
        http.setUseOutputDirectByteBuffers(false);
        http.setRequestHeaderSize(MAX_HEADERS);
        // Doubled slashes are tolerated; paths are taken apart by RequestPath alone.
        http.setUriCompliance(
                UriCompliance.DEFAULT.with("greenfinch", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        return http;
    }

    /** Its address for callers on this machine; the loopback one where it listens on all. */
    public URI url() {
        return url(any() ? LOOPBACK : host);
    }

    /** Its address for callers on other machines too, as far as it listens to those. */
    public URI reachableUrl() {
        return any() ? url(ownAddress()) : url();
    }

    private boolean any() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.matches("[0:]+");
    }

    private URI url(String name) {
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + connector.getLocalPort());
    }

    /** The address from which this machine would ask others; nothing is sent for that. */
    private static String ownAddress() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(SOMEWHERE, 9));
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() ? LOOPBACK : own.getHostAddress();
        } catch (IOException | UncheckedIOException e) {
            log.debug("This machine has no way to others: {}", e.getMessage());
            return LOOPBACK;
        }
    }

    /**
     * Takes no new requests and waits for those under way.
     *
     * @return whether all were answered in time
     */
    public boolean drain(Duration patience) {
        Sockets.endAll(server);
        try {
            // Idle connections may take longer to go; nobody waits for those.
            var _ = connector.shutdown();
            graceful.shutdown().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            log.warn("Waiting for requests under way failed: {}", String.valueOf(e.getCause()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("The HTTP server did not stop cleanly: {}", e.toString());
        }
    }
}
