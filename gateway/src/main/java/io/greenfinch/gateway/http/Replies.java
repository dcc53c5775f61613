package io.greenfinch.gateway.http;

import io.greenfinch.client.time.SteadyClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Writes answers, with the headers that every answer has (design §6). Thread-safe.
 *
 * @param origins whether pages of other origins may read them
 */
record Replies(Clock clock, boolean origins) {

    static final String REASON = "Greenfinch-Reason";

    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
    private static final HttpField ANY_ORIGIN = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    private static final HttpField EXPOSED =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, REASON + ", Retry-After");
    private static final HttpField VERBS =
            new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE, OPTIONS");
    private static final HttpField ALLOWED_HEADERS = new PreEncodedHttpField(
            HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, GA-Filename, Idempotency-Key");
    private static final HttpField MAX_AGE = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_MAX_AGE, "86400");

    /** Pages run and load what this server has, and nothing else. */
    private static final HttpField OWN_CONTENT = new PreEncodedHttpField(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    /** What every answer carries. */
    void common(HttpFields.Mutable headers) {
        headers.put(NO_STORE);
        if (origins) {
            headers.put(ANY_ORIGIN).put(EXPOSED);
        }
    }

    /** What an answer to a browser's question before the real request carries. */
    static void preflight(HttpFields.Mutable headers) {
        headers.put(VERBS).put(ALLOWED_HEADERS).put(MAX_AGE);
    }

    /** The one body of all errors (green-api.md §2.2). */
    byte[] error(int status, String maskedPath, String message) {
        return Json.bytes(Json.object()
                .put("statusCode", status)
                .put("timestamp", MILLIS.format(SteadyClock.wall(clock).instant()))
                .put("path", maskedPath)
                .put("message", message));
    }

    /** Sends an answer; tells its {@link Reply#delivery()} before the exchange ends. */
    void send(Reply answer, String maskedPath, Response response, Callback callback) {
        boolean gone = answer.delivery().isPresent() && WatchedEndPoint.callerGone(response.getRequest());
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        common(headers);
        byte[] body = switch (answer.content()) {
            case Reply.Content.Json json -> {
                headers.put(JSON);
                yield Json.bytes(json.node());
            }
            case Reply.Content.Envelope error -> {
                headers.put(JSON);
                yield error(answer.status(), maskedPath, error.message());
            }
            case Reply.Content.Text text -> {
                headers.put(HttpHeader.CONTENT_TYPE, text.type());
                if (text.page()) {
                    headers.put(OWN_CONTENT).put(NO_SNIFFING);
                }
                yield text.text().getBytes(StandardCharsets.UTF_8);
            }
            case Reply.Content.Nothing nothing -> new byte[0];
            case Reply.Content.Socket socket -> throw new IllegalStateException("a WebSocket is not a reply");
            case Reply.Content.Events events -> throw new IllegalStateException("a stream is not sent at once");
        };
        answer.reason().ifPresent(reason -> headers.put(REASON, reason));
        answer.retryAfter().ifPresent(seconds -> headers.put(HttpHeader.RETRY_AFTER, Integer.toString(seconds)));
        if (answer.status() == 426) {
            headers.put(HttpHeader.UPGRADE, "websocket");
        }
        if (answer.status() != 204) {
            headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        Callback written = answer.delivery()
                .map(listener -> Callback.from(() -> listener.done(!gone), failure -> listener.done(false)))
                .map(told -> Callback.combine(told, callback))
                .orElse(callback);
        response.write(true, ByteBuffer.wrap(body), written);
    }
}
