package io.greenfinch.gateway.account;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.docs.ApiContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser that shows QR codes as they come over the WebSocket; each frame must be as the API's description says. */
final class QrSocket implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE = 20;

    /** The status of an end without a goodbye. */
    static final int GONE = 1006;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Boolean> pinged = new CompletableFuture<>();
    private final ApiContract contract;
    private final String path;
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private QrSocket(ApiContract contract, URI url) {
        this.contract = contract;
        path = url.getRawPath();
        socket = HTTP.newWebSocketBuilder().buildAsync(url, this).join();
    }

    static QrSocket open(TestGateway gateway, Gateway.NewInstance instance) {
        return open(gateway, TestGateway.path(instance, "scanqrcode"));
    }

    static QrSocket open(TestGateway gateway, String path) {
        return new QrSocket(
                gateway.contract(),
                URI.create(gateway.gateway().apiUrl().toString().replaceFirst("^http", "ws") + path));
    }

    /** The status with which opening is refused. */
    static int refusal(TestGateway gateway, String path) {
        try (QrSocket opened = open(gateway, path)) {
            throw new AssertionError("it was opened, and said " + opened.frames);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** The next frame. */
    JsonNode next() {
        try {
            String frame = frames.poll(PATIENCE, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame came; closed: " + closed.getNow(0));
            }
            contract.checkFrame(path, frame);
            return JSON.readTree(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits for the end; the status it came with. */
    int awaitClosed() {
        return await(closed);
    }

    boolean awaitPing() {
        return await(pinged);
    }

    private static <T> T await(CompletableFuture<T> awaited) {
        try {
            return awaited.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("it did not happen", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pinged.complete(true);
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(GONE);
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        socket.abort();
    }
}
