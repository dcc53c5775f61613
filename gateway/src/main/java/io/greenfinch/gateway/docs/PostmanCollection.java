package io.greenfinch.gateway.docs;

import io.greenfinch.gateway.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The methods as a collection for Postman, in its format 2.1: made of the OpenAPI document, a folder for each tag. What a caller
 * fills in once are variables of the collection: address, instance, tokens.
 */
final class PostmanCollection {

    private static final String SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

    /** Of the OpenAPI document's parameters of paths, those that are the same for all calls. */
    private static final List<String> COMMON = List.of("idInstance", "apiTokenInstance", "partnerToken");

    /** The tag of what is answered to calls of nothing that is there. */
    private static final String REST = "Other";

    private PostmanCollection() {}

    /** The collection of a document; where its servers are is where the variable {@code apiUrl} points to. */
    static ObjectNode of(ObjectNode document) {
        Map<String, ArrayNode> folders = new LinkedHashMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("operationId"))
                        .filter(operation ->
                                !operation.getValue().at("/tags/0").asString("").equals(REST))
                        .forEach(operation -> folders.computeIfAbsent(
                                        operation.getValue().at("/tags/0").asString(""), tag -> Json.array())
                                .add(item(path.getKey(), operation.getKey(), operation.getValue()))));
        ObjectNode collection = Json.object();
        collection
                .putObject("info")
                .put("name", document.at("/info/title").asString(""))
                .put("description", document.at("/info/summary").asString(""))
                .put("schema", SCHEMA);
        ArrayNode items = collection.putArray("item");
        folders.forEach((tag, requests) -> items.addObject().put("name", tag).set("item", requests));
        ArrayNode variables = collection.putArray("variable");
        variable(variables, "apiUrl", document.at("/servers/0/url").asString(""));
        COMMON.forEach(name -> variable(variables, name, ""));
        return collection;
    }

    private static void variable(ArrayNode variables, String name, String value) {
        variables.addObject().put("key", name).put("value", value).put("type", "string");
    }

    private static ObjectNode item(String path, String verb, JsonNode operation) {
        ObjectNode request = Json.object().put("method", verb.toUpperCase(Locale.ROOT));
        request.set("header", Json.array());
        body(operation).ifPresent(body -> request.set("body", body));
        request.set("url", url(path, operation));
        request.put("description", operation.path("description").asString(""));
        return Json.object()
                .put(
                        "name",
                        operation.path("operationId").asString("") + ": "
                                + operation.path("summary").asString(""))
                .set("request", request);
    }

    private static ObjectNode url(String path, JsonNode operation) {
        ArrayNode segments = Json.array();
        ArrayNode variables = Json.array();
        for (String segment : path.substring(1).split("/")) {
            String name = segment.replaceAll("^.*\\{|\\}$", "");
            if (COMMON.contains(name)) {
                segments.add(segment.replace("{", "{{").replace("}", "}}"));
            } else if (segment.startsWith("{")) {
                segments.add(":" + name);
                variables.addObject().put("key", name).put("value", "");
            } else {
                segments.add(segment);
            }
        }
        List<String> parts = new ArrayList<>();
        segments.forEach(segment -> parts.add(segment.asString("")));
        ArrayNode query = Json.array();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                query.addObject()
                        .put("key", parameter.path("name").asString(""))
                        .put("value", "")
                        .put("description", parameter.path("description").asString(""))
                        .put("disabled", !parameter.path("required").asBoolean(false));
            }
        }
        ObjectNode url = Json.object().put("raw", "{{apiUrl}}/" + String.join("/", parts));
        url.putArray("host").add("{{apiUrl}}");
        url.set("path", segments);
        url.set("query", query);
        return url.set("variable", variables);
    }

    private static Optional<ObjectNode> body(JsonNode operation) {
        JsonNode content = operation.at("/requestBody/content");
        if (content.has("multipart/form-data")) {
            ObjectNode body = Json.object().put("mode", "formdata");
            ArrayNode fields = body.putArray("formdata");
            JsonNode schema = content.path("multipart/form-data").path("schema");
            schema.path("properties")
                    .properties()
                    .forEach(field -> fields.addObject()
                            .put("key", field.getKey())
                            .put("type", field.getValue().has("contentMediaType") ? "file" : "text"));
            return Optional.of(body);
        }
        JsonNode json = content.path("application/json");
        if (json.isMissingNode()) {
            return Optional.empty();
        }
        String example = json.has("example") ? json.path("example").toPrettyString() : "{}";
        ObjectNode body = Json.object().put("mode", "raw").put("raw", example);
        body.putObject("options").putObject("raw").put("language", "json");
        return Optional.of(body);
    }
}
