package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description: {@code /openapi.json}, joined from one hand-written file per method, and {@code /docs}, a page
 * that shows it and needs nothing from elsewhere. Read when first asked for. Thread-safe.
 */
public final class ApiDescription {

    /** Paths that belong to no method. */
    private static final List<String> OTHERS = List.of("service", "other");

    private final Collection<String> methods;
    private final Supplier<URI> apiUrl;

    /**
     * A description.
     *
     * @param methods the names of the methods that are offered; each has a file of this name
     * @param apiUrl how callers reach the API
     */
    public ApiDescription(Collection<String> methods, Supplier<URI> apiUrl) {
        this.methods = List.copyOf(methods);
        this.apiUrl = apiUrl;
    }

    /** What GET answers, by path. */
    public Map<List<String>, Supplier<Answer>> pages() {
        return Map.of(
                List.of("openapi.json"), () -> Answer.ok(document()),
                List.of("docs"), () -> page("text/html; charset=utf-8", "page.html"),
                List.of("docs", "page.css"), () -> page("text/css; charset=utf-8", "page.css"),
                List.of("docs", "page.js"), () -> page("text/javascript; charset=utf-8", "page.js"));
    }

    /**
     * The OpenAPI document.
     *
     * @throws IllegalStateException when a method has no file, or a path is described twice
     */
    public ObjectNode document() {
        ObjectNode document = object("openapi/document.json");
        for (JsonNode server : document.path("servers")) {
            ((ObjectNode) server).put("url", withoutSlash(apiUrl.get()));
        }
        ObjectNode paths = Json.object();
        methods.forEach(method -> add(paths, method));
        OTHERS.forEach(file -> add(paths, file));
        document.set("paths", paths);
        document.set("components", object("openapi/components.json"));
        return document;
    }

    private static void add(ObjectNode paths, String file) {
        for (Map.Entry<String, JsonNode> path :
                object("openapi/" + file + ".json").properties()) {
            if (paths.replace(path.getKey(), path.getValue()) != null) {
                throw new IllegalStateException(path.getKey() + " is described twice");
            }
        }
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Paths in the page start with what a proxy in front may have added. */
    private Answer page(String type, String file) {
        String prefix =
                Optional.ofNullable(apiUrl.get().getRawPath()).orElse("").replaceAll("/+$", "");
        return Answer.page(type, text(file).replace("@prefix@", prefix));
    }

    private static ObjectNode object(String file) {
        return (ObjectNode) Json.parse(text(file));
    }

    private static String text(String file) {
        try (InputStream in = ApiDescription.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file + " in the API's description");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
