package io.greenfinch.simulator.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes admin requests to their endpoints and turns their answers into HTTP. Thread-safe once it is built. */
public final class AdminHandler extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(AdminHandler.class);

    private static final int LARGEST_BODY = 1 << 20;
    private static final int MOST_DROPPED = 4 << 20;

    private final PathMappings<Map<String, Endpoint>> routes = new PathMappings<>();

    /** A handler with the endpoints that the given features add. */
    @SafeVarargs
    AdminHandler(Consumer<AdminHandler>... features) {
        for (Consumer<AdminHandler> feature : features) {
            feature.accept(this);
        }
    }

    /** Adds an endpoint; {@code path} may have templates like <code>{phone}</code>. */
    AdminHandler on(String method, String path, Endpoint endpoint) {
        UriTemplatePathSpec spec = new UriTemplatePathSpec(path);
        Map<String, Endpoint> methods = routes.get(spec);
        if (methods == null) {
            methods = new TreeMap<>();
            routes.put(spec, methods);
        }
        methods.put(method, endpoint);
        return this;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        MatchedResource<Map<String, Endpoint>> match = routes.getMatched(path);
        if (match == null) {
            // Outside of the guard: clients look for media here, under names of the real service.
            send(response, callback, AdminAnswer.error(404, "there is nothing at " + path));
            return true;
        }
        if (!LoopbackOnly.accepts(request)) {
            send(response, callback, AdminAnswer.error(403, "the admin interface answers to this machine only"));
            return true;
        }
        Endpoint endpoint = match.getResource().get(request.getMethod());
        if (endpoint == null) {
            String allowed = String.join(", ", match.getResource().keySet());
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            send(response, callback, AdminAnswer.error(405, "only " + allowed + " here"));
            return true;
        }
        Map<String, String> parameters = ((UriTemplatePathSpec) match.getPathSpec()).getPathParams(path);
        send(response, callback, answer(endpoint, request, parameters));
        return true;
    }

    private static AdminAnswer answer(Endpoint endpoint, Request request, Map<String, String> parameters)
            throws Exception {
        try {
            return endpoint.answer(
                    new AdminRequest(parameters, Request.extractQueryParameters(request), body(request)));
        } catch (BadInput e) {
            return AdminAnswer.error(e.status(), String.valueOf(e.getMessage()));
        } catch (HttpException.RuntimeException e) {
            return AdminAnswer.error(e.getCode(), String.valueOf(e.getReason()));
        } catch (IllegalArgumentException e) {
            log.debug("a request that Jetty can't read", e);
            return AdminAnswer.error(400, "this request can't be read: " + e.getMessage());
        }
    }

    /** Of a body that is too large the rest is read and dropped: a sender that is cut off does not get to see the answer. */
    private static byte[] body(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                in.skip(MOST_DROPPED);
                throw BadInput.tooLarge("a body may have " + LARGEST_BODY + " bytes");
            }
            return body;
        }
    }

    private static void send(Response response, Callback callback, AdminAnswer answer) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean text = answer.body() instanceof String;
        if (answer.status() != 204) {
            response.getHeaders()
                    .put(
                            HttpHeader.CONTENT_TYPE,
                            text ? "text/plain; charset=utf-8" : "application/json; charset=utf-8");
        }
        String body = text ? (String) answer.body() : Input.json(answer.body());
        response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
    }
}
