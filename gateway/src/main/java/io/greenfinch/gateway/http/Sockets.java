package io.greenfinch.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The WebSockets that are open, a bounded number of them. Thread-safe. */
final class Sockets {

    private static final Logger log = LoggerFactory.getLogger(Sockets.class);

    static final int MOST = 500;
    static final int MOST_OF_ONE = 4;

    /** What callers send is not looked at; it need not be much. */
    private static final int LARGEST_MESSAGE = 1024;

    /** Longer than the time between two pings. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Places places = new Places(MOST, MOST_OF_ONE);

    /** Lets a server that has not started yet take WebSockets. */
    static void prepare(Server server) {
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server);
        container.setIdleTimeout(IDLE);
        container.setMaxTextMessageSize(LARGEST_MESSAGE);
        container.setMaxBinaryMessageSize(LARGEST_MESSAGE);
        container.setMaxFrameSize(LARGEST_MESSAGE);
    }

    /** Says goodbye on all WebSockets of a server that is about to stop; returns when that is written, or a second later. */
    static void endAll(Server server) {
        CompletableFuture<?>[] goodbyes = ServerWebSocketContainer.get(server.getContext()).getOpenSessions().stream()
                .map(Sockets::goodbye)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(goodbyes)
                .handle((done, failure) -> true)
                .completeOnTimeout(false, 1, TimeUnit.SECONDS)
                .join();
    }

    private static CompletableFuture<Void> goodbye(Session session) {
        var written = new org.eclipse.jetty.websocket.api.Callback.Completable();
        session.close(StatusCode.SHUTDOWN, null, written);
        return written;
    }

    /** Whether a request wants to become a WebSocket. */
    static boolean wanted(Request request) {
        return request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    /** Makes a WebSocket of a request that wants to be one, or answers why not. */
    void open(Reply.Content.Socket socket, Request request, Response response, Callback callback) {
        String name = "socket-of-" + socket.owner();
        int status = HttpStatus.BAD_REQUEST_400;
        try {
            ServerWebSocketContainer container = ServerWebSocketContainer.get(request.getContext());
            if (container.upgrade(
                    (asked, answered, done) -> new ServedSocket(name, sending -> serve(socket, sending)),
                    request,
                    response,
                    callback)) {
                return;
            }
        } catch (HttpException.RuntimeException e) {
            status = e.getCode();
        } catch (RuntimeException e) {
            // Caught here: the server below would log the URI, and the token with it.
            log.error("A WebSocket could not be opened", e);
            status = HttpStatus.INTERNAL_SERVER_ERROR_500;
        }
        Response.writeError(request, response, callback, status);
    }

    private void serve(Reply.Content.Socket socket, TextSocket sending) {
        if (!places.take(socket.owner())) {
            sending.send(Json.object().put("type", "error").put("message", "Too many connections, try later"));
            return;
        }
        try {
            socket.program().serve(sending);
        } finally {
            places.giveBack(socket.owner());
        }
    }
}
