package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description: {@code /openapi.json}, made of the methods' descriptors and of one file of prose for each, and
 * {@code /docs}, a page that shows it and needs nothing from elsewhere; {@code /} leads there. Read when first asked for. Thread-safe.
 *
 * @param methods those that are offered; each has a file of prose of its name
 * @param apiUrl how callers reach the API
 */
public record ApiDescription(List<ApiMethod> methods, Supplier<URI> apiUrl) {

    /** What GET answers, by path. */
    public Map<List<String>, Supplier<Reply>> pages() {
        return Map.of(
                List.of(), () -> page("text/html; charset=utf-8", "home.html"),
                List.of("openapi.json"), () -> Reply.ok(document()),
                List.of("docs"), () -> page("text/html; charset=utf-8", "page.html"),
                List.of("docs", "page.css"), () -> page("text/css; charset=utf-8", "page.css"),
                List.of("docs", "page.js"), () -> page("text/javascript; charset=utf-8", "page.js"));
    }

    /**
     * The OpenAPI document.
     *
     * @throws IllegalStateException when a method has no file of prose
     */
    public ObjectNode document() {
        ObjectNode document = object("openapi/document.json");
        for (JsonNode server : document.path("servers")) {
            ((ObjectNode) server).put("url", withoutSlash(apiUrl.get()));
        }
        Operations operations = new Operations(document.withObject("components"));
        ObjectNode paths = Json.object();
        for (ApiMethod method : methods) {
            operations.add(
                    paths, method, object("openapi/" + method.descriptor().name() + ".json"));
        }
        // Paths that belong to no method are described by hand, but for what is answered everywhere.
        for (Map.Entry<String, JsonNode> other : object("openapi/other.json").properties()) {
            for (JsonNode operation : other.getValue()) {
                if (operation.has("statuses")) {
                    ObjectNode described = (ObjectNode) operation;
                    String shared = described.remove("statuses").stringValue();
                    operations.addShared(described.withObject("responses"), shared);
                }
            }
            paths.set(other.getKey(), other.getValue());
        }
        return document.set("paths", paths);
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Paths in the page start with what a proxy in front may have added. */
    private Reply page(String type, String file) {
        String prefix =
                Optional.ofNullable(apiUrl.get().getRawPath()).orElse("").replaceAll("/+$", "");
        return Reply.page(type, text(file).replace("@prefix@", prefix));
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
