package io.greenfinch.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the pages of a site to browsers: what there is below one first segment of paths, and nothing else. Pages may load and
 * run what the site has, and only that; no other page may frame them. Thread-safe; runs on virtual threads.
 */
public final class SiteHandler extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(SiteHandler.class);

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_BYTES = 100 * 1024;

    private static final List<HttpField> HEADERS = List.of(
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "same-origin"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

    private final String first;
    private final String cookie;
    private final Function<Visit, Optional<SiteReply>> site;
    private final Duration patience;
    private final Streams streams = new Streams();

    /**
     * A handler.
     *
     * @param first the first segment of all paths, in lower case
     * @param cookie the name of the site's cookie; empty for a site that remembers nobody and takes no forms
     * @param site empty for what is none of its pages
     * @param patience how long the body of a request may take to come
     */
    public SiteHandler(String first, String cookie, Function<Visit, Optional<SiteReply>> site, Duration patience) {
        this.first = first;
        this.cookie = cookie;
        this.site = site;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        List<String> path = segments(request);
        if (path.isEmpty() || !path.getFirst().toLowerCase(Locale.ROOT).equals(first)) {
            return false;
        }
        Optional<SiteReply> found = reply(request, path.subList(1, path.size()));
        if (found.isEmpty()) {
            return false;
        }
        SiteReply reply = found.get();
        HEADERS.forEach(response.getHeaders()::put);
        if (reply instanceof SiteReply.Events events) {
            stream(events, request, response, callback);
        } else {
            send(reply, request, response, callback);
        }
        return true;
    }

    private static List<String> segments(Request request) {
        List<String> segments = new ArrayList<>();
        for (String part :
                Objects.requireNonNullElse(request.getHttpURI().getPath(), "/").split("/")) {
            if (!part.isEmpty()) {
                segments.add(RequestPath.decoded(part));
            }
        }
        return segments;
    }

    private Optional<SiteReply> reply(Request request, List<String> path) {
        String verb = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        if (!verb.equals("GET") && (!verb.equals("POST") || cookie.isEmpty())) {
            return Optional.empty();
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        add(fields, Request.extractQueryParameters(request, StandardCharsets.UTF_8));
        if (verb.equals("POST") && !form(request, fields)) {
            return Optional.of(new SiteReply.Page(400, ""));
        }
        try {
            return site.apply(visit(request, verb, path, fields));
        } catch (RuntimeException | StackOverflowError e) {
            // Caught here: the server below would show and log more than it should.
            log.error("A page of /{} failed", first, e);
            return Optional.of(new SiteReply.Page(500, ""));
        }
    }

    private Visit visit(Request request, String verb, List<String> path, Map<String, List<String>> fields) {
        HttpFields headers = request.getHeaders();
        Optional<String> remembered = Request.getCookies(request).stream()
                .filter(each -> each.getName().equals(cookie))
                .map(each -> each.getValue())
                .findFirst();
        return new Visit(
                verb,
                List.copyOf(path),
                fields,
                remembered,
                Optional.ofNullable(headers.get("X-Csrf-Token")),
                ours(request),
                secure(request),
                headers.getQualityCSV(HttpHeader.ACCEPT_LANGUAGE));
    }

    /** Browsers say where a request comes from; old ones only for a part of them. */
    private static boolean ours(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        return origin == null || origin.endsWith("//" + request.getHeaders().get(HttpHeader.HOST));
    }

    private static boolean secure(Request request) {
        return request.isSecure()
                || "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
    }

    private boolean form(Request request, Map<String, List<String>> fields) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        StringBuilder body = new StringBuilder();
        BodyPump.End end = BodyPump.run(request, patience, (bytes, last) -> {
            boolean fits = body.length() + bytes.length <= MAX_BYTES;
            if (fits) {
                body.append(new String(bytes, StandardCharsets.US_ASCII)); // what else there is comes as %XX
            }
            return fits;
        });
        if (end != BodyPump.End.WHOLE || (!body.isEmpty() && (type == null || !type.startsWith(FORM)))) {
            return false;
        }
        for (String pair : body.toString().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = RequestPath.decoded(pair.substring(0, equals).replace('+', ' '));
                String value = RequestPath.decoded(pair.substring(equals + 1).replace('+', ' '));
                fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return true;
    }

    private static void add(Map<String, List<String>> fields, Fields query) {
        for (Fields.Field field : query) {
            fields.put(field.getName(), new ArrayList<>(field.getValues()));
        }
    }

    private void stream(SiteReply.Events events, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (streams.take(events.owner())) {
            streams.serve(events.owner(), events.program(), request, response, callback);
        } else {
            Response.writeError(request, response, callback, 429);
        }
    }

    private static void send(SiteReply reply, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        byte[] body = switch (reply) {
            case SiteReply.Page page -> {
                response.setStatus(page.status());
                headers.put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
                yield page.html().getBytes(StandardCharsets.UTF_8);
            }
            case SiteReply.Redirect redirect -> {
                redirect(redirect, request, response);
                yield new byte[0];
            }
            case SiteReply.Asset asset -> {
                headers.put(HttpHeader.CONTENT_TYPE, asset.type());
                headers.put(HttpHeader.CACHE_CONTROL, "public, max-age=31536000, immutable");
                yield asset.bytes();
            }
            case SiteReply.Data data -> {
                headers.put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
                yield data.json().getBytes(StandardCharsets.UTF_8);
            }
            case SiteReply.Events events -> throw new IllegalStateException("a stream is not sent at once");
        };
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static void redirect(SiteReply.Redirect redirect, Request request, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        redirect.cookie().ifPresent(cookie -> {
            String value = cookie.name() + "=" + cookie.value() + "; Path=" + cookie.path()
                    + "; HttpOnly; SameSite=Strict" + (secure(request) ? "; Secure" : "")
                    + (cookie.value().isEmpty() ? "; Max-Age=0" : "");
            headers.add(HttpHeader.SET_COOKIE, value);
        });
        // A part of a page that was asked for by a script takes the whole page along.
        if (request.getHeaders().contains("HX-Request")) {
            response.setStatus(204);
            headers.put("HX-Redirect", redirect.location());
        } else {
            response.setStatus(303);
            headers.put(HttpHeader.LOCATION, redirect.location());
        }
    }
}
