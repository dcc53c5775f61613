package io.greenfinch.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Holds requests and answers against the API's own OpenAPI document: an answer must be one that is documented, and a
 * request that was served must be one that is. Thread-safe.
 */
public final class ApiContract {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_TYPE = "application/json";

    /** Headers of ours that are documented wherever they come. */
    private static final String[] OWN_HEADERS = {"Greenfinch-Reason", "Retry-After"};

    private final JsonNode document;
    private final Paths paths;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    public ApiContract(JsonNode document) {
        this.document = document;
        this.paths = new Paths(document.path("paths"));
    }

    /** A request as it was sent; header names in lower case. */
    public record Asked(String verb, String path, Map<String, String> headers, String body) {
        @Override
        public String toString() {
            return verb + " " + path.replaceAll("[0-9a-f]{50}", "***") + " " + body;
        }
    }

    /** An answer as it came; header names in lower case. */
    public record Answered(int status, Map<String, String> headers, String body) {}

    /**
     * Looks at a request and its answer.
     *
     * @throws AssertionError when the answer is not a documented one, or the request is not and was served all the same
     */
    public void check(Asked asked, Answered answered) {
        if (asked.verb().equals("OPTIONS")) {
            assertThat(answered.status()).as(asked.toString()).isEqualTo(204);
            return;
        }
        boolean head = asked.verb().equals("HEAD");
        // HEAD is like GET where nothing changes, and else not there.
        Optional<JsonNode> operation = head && answered.status() == 404
                ? Optional.empty()
                : paths.find(head ? "GET" : asked.verb(), asked.path());
        // No operation: then it must be answered like any path that is not there.
        JsonNode response = operation
                .map(found -> resolved(found.path("responses").path(Integer.toString(answered.status()))))
                .orElseGet(() -> answered.status() == 404 || answered.status() == 405
                        ? document.at("/components/responses/NotFound")
                        : document.path("undocumented"));
        assertThat(response.isObject())
                .as("the answer " + answered.status() + " " + answered.body() + " to " + asked + " is documented")
                .isTrue();
        String what = "the answer " + answered.status() + " to " + asked;
        checkHeaders(response, answered, what);
        if (!head) {
            checkBody(response, answered, what);
        }
        if (answered.status() < 300 && !refusal(answered)) {
            operation.ifPresent(found -> checkRequest(found, asked));
        }
    }

    private void checkHeaders(JsonNode response, Answered answered, String what) {
        JsonNode documented = response.path("headers");
        for (String name : OWN_HEADERS) {
            String value = answered.headers().get(name.toLowerCase(Locale.ROOT));
            JsonNode header = resolved(documented.path(name));
            if (value == null) {
                assertThat(header.path("required").asBoolean(false))
                        .as(what + " lacks " + name)
                        .isFalse();
                continue;
            }
            assertThat(header.isObject())
                    .as("%s of %s is documented: %s", name, what, value)
                    .isTrue();
            JsonNode schema = header.path("schema");
            JsonNode node = schema.path("type").asString("").equals("integer")
                    ? JSON.readTree(value)
                    : StringNode.valueOf(value);
            assertThat(complaints(schema, node)).as(name + " of " + what).isEmpty();
        }
    }

    private void checkBody(JsonNode response, Answered answered, String what) {
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            assertThat(answered.body()).as("body of " + what).isEmpty();
            return;
        }
        String type = mediaType(answered.headers().getOrDefault("content-type", "none"));
        JsonNode media = content.path(type);
        assertThat(media.isObject())
                .as("type %s of %s is documented", type, what)
                .isTrue();
        JsonNode node = type.equals(JSON_TYPE) ? parsed(answered.body(), what) : StringNode.valueOf(answered.body());
        assertThat(complaints(media.path("schema"), node))
                .as("body of " + what + ": " + answered.body())
                .isEmpty();
    }

    private void checkRequest(JsonNode operation, Asked asked) {
        for (JsonNode each : operation.path("parameters")) {
            JsonNode parameter = resolved(each);
            String value =
                    asked.headers().get(parameter.path("name").asString("").toLowerCase(Locale.ROOT));
            if (parameter.path("in").asString("").equals("header") && value != null) {
                assertThat(complaints(parameter.path("schema"), StringNode.valueOf(value)))
                        .as("header of " + asked)
                        .isEmpty();
            }
        }
        JsonNode body = operation.path("requestBody");
        if (body.isMissingNode()) {
            return;
        }
        String type = mediaType(asked.headers().getOrDefault("content-type", JSON_TYPE));
        JsonNode json = body.path("content").path(JSON_TYPE);
        if (json.isMissingNode()) {
            assertThat(body.path("content").has(type))
                    .as("type %s of %s is documented", type, asked)
                    .isTrue();
            return;
        }
        // Read as JSON whatever its type says; an empty one is an empty object, and so is one with a mark before it.
        String text = asked.body().replace("\uFEFF", "").strip();
        JsonNode node = text.isEmpty() ? JSON.createObjectNode() : parsed(text, asked.toString());
        assertThat(complaints(json.path("schema"), node)).as("body of " + asked).isEmpty();
    }

    /** Partner methods tell their refusals with status 200. */
    private boolean refusal(Answered answered) {
        return answered.body().startsWith("{\"code\":")
                && complaints(document.at("/components/schemas/PartnerFailure"), parsed(answered.body(), "a refusal"))
                        .isEmpty();
    }

    private static JsonNode parsed(String text, String what) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError(what + " is not JSON: " + text, e);
        }
    }

    private static String mediaType(String header) {
        return header.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** What a schema of the document has against a value. */
    String complaints(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .reduce("", (all, one) -> all + one + "; ");
    }

    /** The schema as a document of its own, with what it may refer to. */
    private Schema compiled(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        if (schema.isBoolean()) {
            whole.putArray("allOf").add(schema);
        } else {
            schema.properties().forEach(each -> whole.set(each.getKey(), each.getValue()));
        }
        return registry.getSchema(whole);
    }

    /** What a reference stands for; other nodes are themselves. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").stringValue().substring(1)) : node;
    }
}
