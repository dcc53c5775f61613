package io.greenfinch.client.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A media host that does as a test says, and else stores one file and serves it. */
final class ScriptedHost implements AutoCloseable {

    /** What is done with a request instead. */
    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    final Path stored;
    private final boolean many;
    final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Step> script = new ArrayDeque<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ScriptedHost(Path stored) {
        this(stored, false);
    }

    /** @param many whether each file is kept by its token, instead of one for all */
    ScriptedHost(Path stored, boolean many) {
        this.stored = stored;
        this.many = many;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next requests are answered so. */
    synchronized void then(Step... steps) {
        script.addAll(List.of(steps));
    }

    /** An answer of a status alone, or with a text. */
    static Step status(int status, String body) {
        return exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Promises everything from where it was asked for, and ends after so many bytes. */
    Step cutAfter(int count) {
        return exchange -> {
            byte[] all = Files.readAllBytes(stored);
            int from = from(exchange);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
            exchange.getResponseBody().write(all, from, count);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        };
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        Step step;
        synchronized (this) {
            step = script.poll();
        }
        if (step != null) {
            step.answer(exchange);
        } else if (exchange.getRequestMethod().equals("POST")) {
            String path = exchange.getRequestURI().getPath();
            String name = many ? path.substring(path.lastIndexOf('/') + 1) : "1";
            try (OutputStream file = Files.newOutputStream(place("/v/" + name))) {
                exchange.getRequestBody().transferTo(file);
            }
            status(
                            200,
                            "{\"handle\":[1,{\"url\":\"no\"}],\"url\":\"https://h/v/" + name
                                    + "?a=1\",\"direct_path\":\"/v/" + name + "?a=1\"}")
                    .answer(exchange);
        } else {
            serve(exchange);
        }
    }

    private Path place(String path) {
        return many ? stored.resolveSibling("stored" + path.replace('/', '-')) : stored;
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = place(exchange.getRequestURI().getPath());
        long length = Files.size(file);
        int from = from(exchange);
        if (from > 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length - from);
        try (InputStream content = Files.newInputStream(file);
                OutputStream body = exchange.getResponseBody()) {
            content.skipNBytes(from);
            content.transferTo(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
