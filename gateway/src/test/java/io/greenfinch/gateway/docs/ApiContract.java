package io.greenfinch.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** The common form of errors, without headers of ours. */
    private static final String COMMON_REFUSAL = "/components/responses/NotFound";

    /** Headers of ours that are documented wherever they come. */
    private static final String[] OWN_HEADERS = {"Greenfinch-Reason", "Retry-After"};

    /** With what the server itself refuses, as the document's own text lists it. */
    private static final Set<Integer> NOT_HTTP = Set.of(400, 414, 417, 431, 501, 505);

    private final JsonNode document;
    private final Paths paths;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    ApiContract(JsonNode document) {
        this.document = document;
        this.paths = new Paths(document.path("paths"));
    }

    /**
     * Looks at a request and its answer.
     *
     * @throws AssertionError when the answer is not a documented one, or the request is not and was served all the same
     */
    public void check(Asked asked, Answered answered) {
        Optional<JsonNode> operation = operation(asked, answered);
        checkDocumented(operation, asked, answered);
        if (!asked.verb().equals("OPTIONS") && answered.status() < 300 && !refusal(answered)) {
            operation.ifPresent(found -> checkRequest(found, asked));
        }
    }

    /**
     * Looks only at the answer, whatever was asked: what is no HTTP is refused in the common form, before any method sees it.
     *
     * @throws AssertionError when it is neither such a refusal nor a documented answer
     */
    public void checkAnswer(Asked asked, Answered answered) {
        if (NOT_HTTP.contains(answered.status())) {
            checkAgainst(document.at(COMMON_REFUSAL), asked, answered);
        } else {
            checkDocumented(operation(asked, answered), asked, answered);
        }
    }

    /**
     * Looks at a text frame of the WebSocket that a GET of this path opened.
     *
     * @throws AssertionError when no such frames are documented
     */
    public void checkFrame(String path, String frame) {
        JsonNode schema = paths.find("GET", path)
                .map(found -> found.path("responses").path("101").path("x-frames"))
                .orElseGet(() -> document.path("undocumented"));
        assertThat(schema.isObject())
                .as("frames of " + path + " are documented")
                .isTrue();
        assertThat(complaints(schema, parsed(frame, "a frame")))
                .as("frame " + frame)
                .isEmpty();
    }

    /** HEAD is like GET where nothing changes, and else not there. */
    private Optional<JsonNode> operation(Asked asked, Answered answered) {
        boolean head = asked.verb().equals("HEAD");
        return head && answered.status() == 404
                ? Optional.empty()
                : paths.find(head ? "GET" : asked.verb(), asked.path());
    }

    private void checkDocumented(Optional<JsonNode> operation, Asked asked, Answered answered) {
        if (asked.verb().equals("OPTIONS")) {
            assertThat(answered.status()).as(asked.toString()).isEqualTo(204);
            return;
        }
        // No operation: then it must be answered like any path that is not there.
        JsonNode response = operation
                .map(found -> resolved(found.path("responses").path(Integer.toString(answered.status()))))
                .orElseGet(() -> answered.status() == 404 || answered.status() == 405
                        ? document.at(COMMON_REFUSAL)
                        : document.path("undocumented"));
        assertThat(response.isObject())
                .as("the answer " + answered.status() + " " + answered.body() + " to " + asked + " is documented")
                .isTrue();
        checkAgainst(response, asked, answered);
    }

    private void checkAgainst(JsonNode response, Asked asked, Answered answered) {
        String what = "the answer " + answered.status() + " to " + asked;
        checkHeaders(response, answered, what);
        if (!asked.verb().equals("HEAD")) {
            checkBody(response, answered, what);
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
        JsonNode json = body.path("content").path(JSON_TYPE);
        if (json.isMissingNode()) {
            checkForm(body.path("content"), asked);
            return;
        }
        // Read as JSON whatever its type says; an empty one is an empty object, and so is one with a mark before it.
        String text = asked.body().replace("\uFEFF", "").strip();
        JsonNode node = text.isEmpty() ? JSON.createObjectNode() : parsed(text, asked.toString());
        assertThat(complaints(json.path("schema"), node)).as("body of " + asked).isEmpty();
    }

    /** Which parts there are, each once, and what is written in them; what a file holds is not looked at. */
    private void checkForm(JsonNode content, Asked asked) {
        String type = asked.headers().getOrDefault("content-type", "none");
        JsonNode media = content.path(mediaType(type));
        if (media.isMissingNode() && content.has("*/*")) {
            return; // a file by itself, whatever it is
        }
        assertThat(media.isObject())
                .as("type %s of %s is documented", type, asked)
                .isTrue();
        ObjectNode form = JSON.createObjectNode();
        for (SentParts.Part part : SentParts.of(type, asked.body())) {
            assertThat(form.has(part.name()))
                    .as("part %s comes twice in %s", part.name(), asked)
                    .isFalse();
            form.set(part.name(), written(media.at("/schema/properties/" + part.name() + "/type"), part.content()));
        }
        assertThat(complaints(media.path("schema"), form))
                .as("parts of " + asked)
                .isEmpty();
    }

    /** A form has texts alone; one that is described as a number is read as one. */
    private static JsonNode written(JsonNode type, String text) {
        boolean number = type.toString().contains("\"integer\"") && text.matches("-?[0-9]{1,18}");
        return number
                ? JSON.getNodeFactory().numberNode(Long.parseLong(text))
                : JSON.getNodeFactory().stringNode(text);
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
