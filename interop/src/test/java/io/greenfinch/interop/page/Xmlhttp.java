package io.greenfinch.interop.page;

import io.greenfinch.gateway.docs.Answered;
import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import io.greenfinch.gateway.docs.HttpMessage;
import io.greenfinch.gateway.docs.ServedContract;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code MSXML2.XMLHTTP} of Windows, as VBA uses it: its requests header for header, over one connection that it keeps. It answers a GET from
 * the cache of the system unless an earlier answer forbade storing. Requests and answers must be as the API's description says. Not
 * thread-safe.
 */
final class Xmlhttp implements AutoCloseable {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(40);

    private final ApiContract contract;
    private final Socket socket;
    private final InputStream input;

    /** A response, header names in lower case. */
    record Response(int status, Map<String, String> headers, String body) {
        Answer answer() {
            return new Answer(status, body);
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    Xmlhttp(URI server) {
        contract = ServedContract.of(server.resolve("/"));
        try {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout((int) READ_TIMEOUT.toMillis());
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response post(URI url, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = """
                POST %s HTTP/1.1
                Accept: */*
                Content-Type: application/json
                Accept-Language: en-US,en;q=0.9,ru;q=0.8
                UA-CPU: AMD64
                Accept-Encoding: gzip, deflate
                User-Agent: %s
                Host: %s
                Content-Length: %d
                Connection: Keep-Alive
                Cache-Control: no-cache

                """.formatted(url.getRawPath(), userAgent(), url.getAuthority(), content.length);
        return checked(
                new Asked("POST", url.getRawPath(), Map.of("content-type", "application/json"), body),
                exchange(head, content));
    }

    Response get(URI url) {
        String head = """
                GET %s HTTP/1.1
                Accept: */*
                Accept-Language: en-US,en;q=0.9,ru;q=0.8
                UA-CPU: AMD64
                Accept-Encoding: gzip, deflate
                User-Agent: %s
                Host: %s
                Connection: Keep-Alive

                """.formatted(url.getRawPath(), userAgent(), url.getAuthority());
        return checked(new Asked("GET", url.getRawPath(), Map.of(), ""), exchange(head, new byte[0]));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String userAgent() {
        return "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E)";
    }

    private Response checked(Asked asked, Response response) {
        contract.check(asked, new Answered(response.status(), response.headers(), response.body()));
        return response;
    }

    private Response exchange(String head, byte[] content) {
        try {
            socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            // The object writes head and body apart, so that they arrive in two packets.
            socket.getOutputStream().flush();
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response read() throws IOException {
        Answered answered = HttpMessage.read(input, false)
                .orElseThrow(() -> new IOException("closed without an answer"))
                .answered();
        if (!answered.headers().containsKey("content-length")) {
            throw new IOException("an answer without Content-Length: " + answered.headers());
        }
        return new Response(answered.status(), answered.headers(), answered.body());
    }
}
