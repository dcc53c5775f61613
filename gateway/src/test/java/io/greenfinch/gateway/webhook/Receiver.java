package io.greenfinch.gateway.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** An endpoint as a user of webhooks would write it, which behaves as the test says. Thread-safe. */
final class Receiver implements AutoCloseable {

    /** In place of a status: no answer at all. */
    static final int SILENCE = 0;

    /** A request as it came. */
    record Request(String path, String eventId, Optional<String> authorization, String type, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator answers = number -> 200;
    private int port;
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    Receiver() {
        server = started();
    }

    private HttpServer started() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.setExecutor(threads);
            made.createContext("/", this::serve);
            made.start();
            port = made.getAddress().getPort();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Greenfinch-Event-Id"),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int number;
        synchronized (this) {
            requests.add(request);
            number = requests.size();
        }
        int status = answers.applyAsInt(number);
        if (status != SILENCE) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int port() {
        return port;
    }

    /** Answers its n-th request, counted from 1, like this. */
    void answers(IntUnaryOperator statuses) {
        answers = statuses;
    }

    List<Request> requests() {
        return new ArrayList<>(requests);
    }

    /** What came, each event once and in the order in which it came first; a repeat must be the same. */
    List<String> bodies() {
        Map<String, String> events = new LinkedHashMap<>();
        for (Request request : requests) {
            String before = events.putIfAbsent(request.eventId(), request.body());
            if (before != null && !before.equals(request.body())) {
                throw new AssertionError("one event, two bodies: " + request);
            }
        }
        return new ArrayList<>(events.values());
    }

    /** Goes away, with all its connections. */
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Is there again. */
    void start() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = started();
    }

    @Override
    public void close() {
        stop();
    }
}
