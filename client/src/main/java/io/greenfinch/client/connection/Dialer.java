package io.greenfinch.client.connection;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.DisconnectCause;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session.Listener;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens WebSockets to the chat server (specification §1.1). One for all sessions. Thread-safe. The client below it is made
 * and started with the first call: it reads all authorities of the JDK, for which no start of the program should wait.
 */
public final class Dialer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Dialer.class);

    /** Until the WebSocket is open. */
    private static final Duration UPGRADE_LIMIT = TlsClient.TO_CONNECT;

    /** Messages under way to a peer that does not read; then the connection is given up. */
    private static final int MAX_OUTGOING = 256;

    private final URI url;
    private final ClientSettings settings;
    private volatile @Nullable WebSocketClient client;
    private boolean closed;

    /**
     * A dialer ready for use.
     *
     * @throws IllegalArgumentException when the file with further CAs can't be used
     */
    public Dialer(ClientSettings settings) {
        this.url = settings.url();
        this.settings = settings;
        if (settings.trustedCertificates().isPresent()) {
            client = client(settings); // tells now what is wrong with them
        }
    }

    private static WebSocketClient client(ClientSettings settings) {
        WebSocketClient client = new WebSocketClient(httpClient(settings));
        client.setIdleTimeout(Duration.ZERO);
        client.setMaxOutgoingFrames(MAX_OUTGOING);
        client.setAutoFragment(false);
        client.setMaxFrameSize(0);
        client.setMaxTextMessageSize(1024);
        client.setInputBufferSize(4096);
        client.setOutputBufferSize(4096);
        return client;
    }

    /** Opens a socket; the listener is told of everything, of failure too. Returns at once, but for the first call. */
    void dial(Socket.Listener listener) {
        WebSocketClient ready;
        try {
            ready = ready();
        } catch (Exception e) {
            listener.closed(DisconnectCause.NETWORK, "the WebSocket client did not start: " + e);
            return;
        }
        ClientUpgradeRequest request = new ClientUpgradeRequest(url);
        request.setHeader("Origin", "https://web.whatsapp.com");
        request.setTimeout(UPGRADE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var _ = ready.connect(new Endpoint(listener), request).whenComplete((session, failure) -> {
                if (failure != null) {
                    failed(listener, failure);
                }
            });
        } catch (IOException e) {
            failed(listener, e);
        }
    }

    private static void failed(Socket.Listener listener, Throwable thrown) {
        DialFailure failure = DialFailure.of(thrown);
        listener.closed(failure.cause(), failure.why());
    }

    /** Begins what the first call would wait for, on a thread of its own. */
    public void prepare() {
        Thread.ofPlatform().daemon().name("dialer-start").start(() -> {
            try {
                var _ = ready();
            } catch (Exception e) {
                log.debug("The WebSocket client does not start yet: {}", e.toString()); // who dials is told
            }
        });
    }

    private WebSocketClient ready() throws Exception {
        WebSocketClient present = client;
        return present != null && present.isStarted() ? present : started();
    }

    private synchronized WebSocketClient started() throws Exception {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        WebSocketClient present = client;
        if (present == null) {
            present = client(settings);
            client = present;
        }
        present.start(); // does nothing when it is started
        return present;
    }

    @Override
    public void close() {
        WebSocketClient present;
        synchronized (this) {
            closed = true;
            present = client;
        }
        if (present == null) {
            return;
        }
        try {
            present.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the WebSocket client did not stop", e);
        }
    }

    private static HttpClient httpClient(ClientSettings settings) {
        HttpClient client = TlsClient.create(settings, "client-io");
        client.setMaxConnectionsPerDestination(Math.max(64, settings.connectLimit()));
        client.setMaxRequestsQueuedPerDestination(Math.max(1024, settings.connectLimit()));
        return client;
    }

    /**
     * Jetty's view of a socket, translated. Chunks are parts of frames, so that no message is ever gathered here. Public
     * because Jetty calls it by method handles.
     */
    public static final class Endpoint implements Listener, Socket {

        private final Socket.Listener listener;
        private volatile org.eclipse.jetty.websocket.api.@Nullable Session session;

        Endpoint(Socket.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onWebSocketOpen(org.eclipse.jetty.websocket.api.Session opened) {
            session = opened;
            listener.opened(this);
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
            byte[] chunk = new byte[payload.remaining()];
            payload.get(chunk);
            callback.succeed();
            listener.received(chunk);
        }

        @Override
        public void onWebSocketPartialText(String payload, boolean last) {
            drop();
            listener.closed(DisconnectCause.NETWORK, "the server sent text");
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            if (session == null) {
                failed(listener, cause);
            } else {
                listener.closed(DisconnectCause.NETWORK, cause.toString());
            }
        }

        @Override
        public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
            callback.succeed();
            listener.closed(DisconnectCause.NETWORK, "closed with status " + status);
        }

        @Override
        public void send(byte[] message, Consumer<Throwable> failed) {
            var open = session;
            if (open != null) {
                open.sendBinary(ByteBuffer.wrap(message), Callback.from(() -> {}, failed));
            }
        }

        @Override
        public void demand() {
            var open = session;
            if (open != null && open.isOpen()) {
                open.demand();
            }
        }

        @Override
        public void close() {
            var open = session;
            if (open != null) {
                open.close(1000, null, Callback.from(open::disconnect, failure -> open.disconnect()));
            }
        }

        @Override
        public void drop() {
            var open = session;
            if (open != null) {
                open.disconnect();
            }
        }
    }
}
