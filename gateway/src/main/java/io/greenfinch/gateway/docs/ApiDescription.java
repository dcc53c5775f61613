package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description: {@code /openapi.json}, made of the methods' descriptors and of one file of prose for each, and
 * {@code /postman.json}, the same as a collection; {@code /}
 * leads to it and to what shows it. Thread-safe.
 *
 * @param methods those that are offered; each has a file of prose of its name
 * @param apiUrl how callers reach the API
 */
public record ApiDescription(List<ApiMethod> methods, Supplier<URI> apiUrl) {

    /** What GET answers, by path. */
    public Map<List<String>, Supplier<Reply>> pages() {
        return Map.of(
                List.of(), () -> Reply.page("text/html; charset=utf-8", ApiPage.filled("home.html", apiUrl.get())),
                List.of("openapi.json"), () -> Reply.ok(document()),
                List.of("postman.json"), () -> Reply.ok(PostmanCollection.of(document())));
    }

    /**
     * The OpenAPI document.
     *
     * @throws IllegalStateException when a method has no file of prose
     */
    public ObjectNode document() {
        ObjectNode document = Prose.file("openapi/document.json");
        for (JsonNode server : document.path("servers")) {
            ((ObjectNode) server).put("url", withoutSlash(apiUrl.get()));
        }
        Operations operations = new Operations(document.withObject("components"));
        ObjectNode paths = Json.object();
        for (ApiMethod method : methods) {
            operations.add(paths, method, Prose.of(method.descriptor().name()));
        }
        // Paths that belong to no method are described by hand, but for what is answered everywhere.
        for (Map.Entry<String, JsonNode> other :
                Prose.file("openapi/other.json").properties()) {
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
}
