package io.greenfinch.gateway.http;

import io.greenfinch.gateway.store.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
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
    private final SiteForms forms;
    private final Streams streams = new Streams();

    /**
     * A handler.
     *
     * @param first the first segment of all paths, in lower case
     * @param cookie the name of the site's cookie; empty for a site that remembers nobody and takes no forms
     * @param site empty for what is none of its pages
     * @param forms reads what is sent to it
     */
    public SiteHandler(String first, String cookie, Function<Visit, Optional<SiteReply>> site, SiteForms forms) {
        this.first = first;
        this.cookie = cookie;
        this.site = site;
        this.forms = forms;
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
        switch (reply) {
            case SiteReply.Events events -> stream(events, request, response, callback);
            case SiteReply.Download download -> save(download, request, response, callback);
            default -> send(reply, request, response, callback);
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
        Optional<String> remembered = remembered(request);
        if (!verb.equals("POST")) {
            return shown(visit(request, verb, path, fields, Map.of(), remembered));
        }
        return switch (forms.read(request, remembered, fields)) {
            case SiteForms.Form.Refused _ ->
                forms.isKnown(remembered)
                        ? shown(visit(request, verb, path, fields, Map.of(), remembered)
                                .refusing())
                        : Optional.of(new SiteReply.Page(400, ""));
            case SiteForms.Form.Read form -> {
                try (form) {
                    yield shown(visit(request, verb, path, fields, form.files(), remembered));
                }
            }
        };
    }

    private Optional<SiteReply> shown(Visit visit) {
        try {
            return site.apply(visit);
        } catch (RuntimeException | StackOverflowError e) {
            // Caught here: the server below would show and log more than it should.
            log.error("A page of /{} failed", first, e);
            return Optional.of(new SiteReply.Page(500, ""));
        }
    }

    private Optional<String> remembered(Request request) {
        return Request.getCookies(request).stream()
                .filter(each -> each.getName().equals(cookie))
                .map(each -> each.getValue())
                .findFirst();
    }

    private static Visit visit(
            Request request,
            String verb,
            List<String> path,
            Map<String, List<String>> fields,
            Map<String, UploadedFile> files,
            Optional<String> remembered) {
        HttpFields headers = request.getHeaders();
        return new Visit(
                verb,
                List.copyOf(path),
                fields,
                files,
                false,
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

    private static void save(SiteReply.Download download, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        try (FileChannel content =
                FileChannel.open(download.file(), StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
            headers.put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
            headers.put(HttpHeader.CONTENT_DISPOSITION, FileBody.disposition(false, download.name()));
            headers.put(HttpHeader.CONTENT_LENGTH, content.size());
            FileBody.send(Channels.newInputStream(content), content.size(), response, callback);
        } catch (IOException e) {
            log.error("A file to be saved can't be read: {}", FileFailure.withoutPath(e));
            if (!response.isCommitted()) {
                headers.clear();
                Response.writeError(request, response, callback, 500);
            }
        } finally {
            download.over().run();
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
            case SiteReply.Events _, SiteReply.Download _ -> throw new IllegalStateException("not sent at once");
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
