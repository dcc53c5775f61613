package io.greenfinch.gateway.media;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Stands before a media host, and answers that it is busy while it is {@link #away}. */
final class MediaFront implements AutoCloseable {

    volatile boolean away;

    private final HttpServer front;
    private final HttpClient http = HttpClient.newHttpClient();

    MediaFront(URI host) throws IOException {
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", exchange -> pass(exchange, host));
        front.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    private void pass(HttpExchange exchange, URI host) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 503;
        byte[] answer = {};
        if (!away) {
            try {
                HttpResponse<byte[]> response = http.send(
                        HttpRequest.newBuilder(host.resolve(exchange.getRequestURI()))
                                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                status = response.statusCode();
                answer = response.body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        try (OutputStream to = exchange.getResponseBody()) {
            to.write(answer);
        }
    }

    @Override
    public void close() {
        front.stop(0);
        http.close();
    }
}
