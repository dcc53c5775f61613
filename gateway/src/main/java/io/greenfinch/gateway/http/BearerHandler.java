package io.greenfinch.gateway.http;

import io.greenfinch.gateway.instance.Instance;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one path, by POST and with JSON, to programs that bring an instance's token in {@code Authorization: Bearer}. Requests of
 * pages from elsewhere, and those for a name that is not ours, are turned away before anything is looked at, so that no page can
 * reach a gateway through somebody's browser. Thread-safe; runs on virtual threads.
 */
public final class BearerHandler extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(BearerHandler.class);

    private static final String SCHEME = "bearer ";
    private static final int MAX_BYTES = 1024 * 1024;

    /** Requests of one instance at a time, and of all. */
    private static final int MOST_OF_ONE = 8;

    private static final int MOST = 256;

    /** Answers that are clear before the body is read. */
    private static final Set<Integer> EARLY = Set.of(401, 403, 405, 415, 429);

    private static final List<HttpField> HEADERS = List.of(
            new PreEncodedHttpField("Cache-Control", "no-store"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"));

    private final String path;
    private final Function<String, Optional<Instance>> byToken;
    private final Supplier<Optional<URI>> publicUrl;
    private final Duration patience;
    private final Program program;
    private final RequestLog requests = new RequestLog();
    private final Places places = new Places(MOST, MOST_OF_ONE);

    /** What is behind the path. */
    @FunctionalInterface
    public interface Program {

        /** Answers what stands in the body of a request; blocks. */
        Answer answer(Instance instance, HttpFields headers, String body);
    }

    /**
     * An answer.
     *
     * @param json the body; empty for none
     * @param deliveries who wants to know whether it reached the caller
     */
    public record Answer(int status, String json, List<Reply.Delivery> deliveries) {

        public Answer(int status, String json) {
            this(status, json, List.of());
        }
    }

    /**
     * A handler.
     *
     * @param path its one segment
     * @param byToken who has a token, in a time that does not depend on it
     * @param publicUrl the address that callers use, where it is another one
     * @param patience how long a body may take to come
     */
    public BearerHandler(
            String path,
            Function<String, Optional<Instance>> byToken,
            Supplier<Optional<URI>> publicUrl,
            Duration patience,
            Program program) {
        this.path = path;
        this.byToken = byToken;
        this.publicUrl = publicUrl;
        this.patience = patience;
        this.program = program;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String asked = Objects.requireNonNullElse(request.getHttpURI().getPath(), "/");
        if (!asked.replaceAll("/+", "/").replaceFirst("/$", "").equalsIgnoreCase("/" + path)) {
            return false;
        }
        HEADERS.forEach(response.getHeaders()::put);
        long started = System.nanoTime();
        Answer answer = answer(request, response.getHeaders());
        requests.answered(
                request, RequestPath.parse("/" + path), answer.status(), Duration.ofNanos(System.nanoTime() - started));
        if (EARLY.contains(answer.status())) {
            BodyPump.drop(request);
        }
        response.setStatus(answer.status());
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.getHeaders().put(Replies.JSON);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), told(answer, callback));
        return true;
    }

    /** Tells those who want to know whether the answer was written. */
    private static Callback told(Answer answer, Callback callback) {
        return Callback.from(
                () -> {
                    answer.deliveries().forEach(each -> each.done(true));
                    callback.succeeded();
                },
                failure -> {
                    answer.deliveries().forEach(each -> each.done(false));
                    callback.failed(failure);
                });
    }

    private Answer answer(Request request, HttpFields.Mutable headers) {
        Optional<String> foreign = foreign(request);
        if (foreign.isPresent()) {
            return error(403, foreign.get());
        }
        Optional<Instance> instance = token(request).flatMap(byToken);
        if (instance.isEmpty()) {
            headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            return error(401, "An instance's token is needed: Authorization: Bearer apiTokenInstance");
        }
        if (!request.getMethod().equals("POST")) {
            headers.put(HttpHeader.ALLOW, "POST");
            return error(405, "Only POST is served here");
        }
        if (!isJson(request)) {
            return error(415, "The body must be application/json");
        }
        long owner = instance.get().id();
        if (!places.take(owner)) {
            headers.put(HttpHeader.RETRY_AFTER, "1");
            return error(429, "Too many requests at a time");
        }
        try {
            return served(request, instance.get());
        } finally {
            places.giveBack(owner);
        }
    }

    private Answer served(Request request, Instance instance) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
            boolean fits = body.size() + bytes.length <= MAX_BYTES;
            if (fits) {
                body.writeBytes(bytes);
            }
            return fits;
        });
        return switch (end) {
            case REFUSED -> error(413, "The body is longer than 1 MiB");
            case TOO_SLOW, BROKEN -> error(408, "The body did not come");
            case WHOLE -> guarded(request, instance, body);
        };
    }

    private Answer guarded(Request request, Instance instance, ByteArrayOutputStream body) {
        try {
            return program.answer(instance, request.getHeaders(), body.toString(StandardCharsets.UTF_8));
        } catch (RuntimeException | StackOverflowError e) {
            // Caught here: the server below would show and log more than it should.
            log.error("/{} failed", path, e);
            return error(500, "Internal Server Error");
        }
    }

    private static Optional<String> token(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }

    private static boolean isJson(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/json *(;.*)?");
    }

    /** What speaks against a request: whom it is for, or which page it comes from. */
    private Optional<String> foreign(Request request) {
        String host = Request.getServerName(request);
        String ours = publicUrl.get().map(URI::getHost).orElse("localhost");
        // A name that somebody else can point at this machine is not enough; a number can't be pointed anywhere.
        if (host == null || !(isLiteral(host) || host.equals("localhost") || host.equalsIgnoreCase(ours))) {
            return Optional.of("This host is not ours; where it is, start the gateway with --public-url");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin == null || isOurs(origin, request)
                ? Optional.empty()
                : Optional.of("Pages from elsewhere are not served");
    }

    /** By scheme, host and port: a page of another port is another's page. */
    private boolean isOurs(String origin, Request request) {
        String asked = request.getHeaders().get(HttpHeader.HOST);
        String scheme = request.isSecure() ? "https://" : "http://";
        return origin.equalsIgnoreCase(scheme + asked)
                || publicUrl
                        .get()
                        .map(url -> origin.equalsIgnoreCase(url.getScheme() + "://" + url.getRawAuthority()))
                        .orElse(false);
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.contains(":") || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static Answer error(int status, String message) {
        return new Answer(
                status,
                Json.object().put("statusCode", status).put("message", message).toString());
    }
}
