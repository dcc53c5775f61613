package io.greenfinch.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document that describes the API: sound in itself, and true of what the gateway does with bodies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private JsonNode document;

    @BeforeAll
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        document = JSON.readTree(gateway.get("/openapi.json").body());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void itIsAnOpenApiDocument() throws IOException {
        try (InputStream schema = ApiDescriptionIT.class.getResourceAsStream("openapi-3.1-schema.json")) {
            Schema openApi =
                    SchemaRegistry.withDefaultDialect(Dialects.getDraft202012()).getSchema(JSON.readTree(schema));
            assertThat(openApi.validate(document)).isEmpty();
            assertThat(openApi.validate(JSON.createObjectNode())).isNotEmpty();
        }
    }

    @Test
    void itsSchemasAreSchemas() throws IOException {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(JSON.createObjectNode().put("$ref", "https://json-schema.org/draft/2020-12/schema"));
        for (JsonNode schema : document.findValues("schema")) {
            assertThat(metaSchema.validate(schema)).as(schema.toString()).isEmpty();
        }
        for (JsonNode schema : document.at("/components/schemas")) {
            assertThat(metaSchema.validate(schema)).as(schema.toString()).isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValues("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.stringValue().substring(1))
                                        .isMissingNode())
                        .as(reference.stringValue())
                        .isFalse());
    }

    @Test
    void everySharedPartIsUsed() {
        List<String> used =
                document.findValues("$ref").stream().map(JsonNode::stringValue).toList();
        for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
            for (String name : kind.getValue().propertyNames()) {
                assertThat(used).contains("#/components/" + kind.getKey() + "/" + name);
            }
        }
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        ApiContract contract = new ApiContract(document);
        List<JsonNode> media = document.findValues("content").stream()
                .flatMap(JsonNode::valueStream)
                .toList();
        assertThat(media).isNotEmpty().allSatisfy(each -> {
            for (JsonNode example : examples(each)) {
                assertThat(contract.complaints(each.path("schema"), example))
                        .as(example.toString())
                        .isEmpty();
            }
        });
    }

    private static List<JsonNode> examples(JsonNode media) {
        List<JsonNode> examples = new ArrayList<>();
        Optional.ofNullable(media.get("example")).ifPresent(examples::add);
        media.path("examples").forEach(each -> examples.add(each.path("value")));
        return examples;
    }

    @Test
    void theCollectionHasEveryMethodWithWhatItTakes() {
        JsonNode collection = JSON.readTree(gateway.get("/postman.json").body());
        assertThat(collection.at("/info/schema").stringValue()).endsWith("/v2.1.0/collection.json");
        List<JsonNode> requests = collection
                .path("item")
                .valueStream()
                .flatMap(folder -> folder.path("item").valueStream())
                .toList();
        List<JsonNode> operations = document.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(operation -> operation.has("operationId")
                        && !operation.at("/tags/0").stringValue().equals("Other"))
                .toList();
        assertThat(requests).hasSameSizeAs(operations);
        JsonNode leave = requests.stream()
                .filter(request -> request.path("name").stringValue().startsWith("leaveGroup:"))
                .findFirst()
                .orElseThrow();
        assertThat(leave.at("/request/url/raw").stringValue())
                .isEqualTo("{{apiUrl}}/waInstance{{idInstance}}/leaveGroup/{{apiTokenInstance}}");
        assertThat(JSON.readTree(leave.at("/request/body/raw").stringValue()).propertyNames())
                .containsExactly("groupId");
        assertThat(requests).allSatisfy(request -> {
            List<String> path = request.at("/request/url/path")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            assertThat(request.at("/request/url/raw").stringValue()).isEqualTo("{{apiUrl}}/" + String.join("/", path));
            assertThat(path).noneMatch(part -> part.matches("\\{[^{].*"));
        });
        assertThat(collection
                        .path("variable")
                        .valueStream()
                        .map(each -> each.path("key").stringValue()))
                .containsExactly("apiUrl", "idInstance", "apiTokenInstance", "partnerToken");
    }

    @Test
    void operationsHaveDistinctNames() {
        List<String> names = document.findValues("operationId").stream()
                .map(JsonNode::stringValue)
                .toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void bothAddressesAreTold() {
        assertThat(document.at("/servers/0/url").stringValue())
                .isEqualTo(gateway.gateway().apiUrl().toString());
        assertThat(document.path("servers").size()).isEqualTo(2);
    }

    /** A body for each method that wants JSON, as the document shows it. */
    private Stream<Map.Entry<String, JsonNode>> bodies() {
        return document.path("paths").properties().stream()
                .filter(path -> path.getValue().at("/post/requestBody/content").has("application/json"))
                .map(path -> Map.entry(
                        path.getKey(),
                        path.getValue().at("/post/requestBody/content").path("application/json")));
    }

    @Test
    void theBodyShownIsTaken() {
        assertThat(bodies().toList()).isNotEmpty().allSatisfy(body -> {
            HttpResponse<String> answer = post(body.getKey(), body.getValue().path("example"));
            assertThat(answer.body()).doesNotContain("Validation failed", "in JSON at position");
        });
    }

    @Test
    void whatIsRequiredThereIsRequired() {
        bodies().forEach(body -> {
            for (JsonNode name : body.getValue().at("/schema/required")) {
                ObjectNode without = body.getValue().path("example").deepCopy().asObject();
                without.remove(name.stringValue());
                assertThat(post(body.getKey(), without).body())
                        .as(body.getKey())
                        .contains("Validation failed. Details: '" + name.stringValue() + "' is required");
            }
        });
    }

    @Test
    void whatIsNotThereIsNotAllowed() {
        bodies().forEach(body -> {
            ObjectNode more = body.getValue().path("example").deepCopy().asObject();
            more.put("notDescribed", 1);
            HttpResponse<String> answer = post(body.getKey(), more);
            assertThat(answer.statusCode()).as(body.getKey()).isEqualTo(400);
            assertThat(answer.body()).contains("'notDescribed' is not allowed");
        });
    }

    private HttpResponse<String> post(String path, JsonNode body) {
        return gateway.post(
                path.replace("{idInstance}", Long.toString(instance.id()))
                        .replace("{apiTokenInstance}", instance.token())
                        .replace("{partnerToken}", gateway.gateway().partnerToken()),
                body.toString());
    }

    @Test
    void thePageComesWithAStrictPolicyAndNeedsNothingFromElsewhere() {
        HttpResponse<String> page = gateway.get("/docs");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none';");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body())
                .contains("/docs.js\"", "\"/openapi.json\"")
                .doesNotContain("@prefix@", "@assets@", "http://", "https://");
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/").headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(gateway.get("/").body())
                .contains("WhatsApp gateway", "href=\"/docs\"", "href=\"/console\"")
                .doesNotContain("@prefix@", "@assets@");
        assertThat(gateway.get("/docs/other.js").statusCode()).isEqualTo(404);
    }
}
