package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every documented refusal that methods have in common and a caller can cause, for every method of green-api.md §3; each row names its
 * section. What only methods that send refuse is in SendingErrorsIT; rates are in DocumentedRatesIT.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EveryMethodRefusedIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DETAILS = "Validation failed. Details: ";
    private static final String ID = "3EB0000000000000000000";

    private static final Map<String, String> KNOWN = Map.of(
            "bob", "15550001002@c.us",
            "carol", "15550001003@c.us",
            "group", "120363000000000001@g.us",
            "theirs", "120363000000000002@g.us",
            "id", ID,
            "sent", ID,
            "file", "https://example.com/a.jpg",
            "receipt", "1");

    /** What is sent, and what is answered. */
    record Row(String section, DocumentedMethod method, String body, int status, String words) {
        @Override
        public String toString() {
            return "§" + section + " " + method.name() + " "
                    + (body.length() > 90 ? body.substring(0, 90) + "…" : body);
        }
    }

    static Stream<DocumentedMethod> ofInstances() {
        return DocumentedMethod.all().stream().filter(method -> !method.is("partner") && !method.is("absent"));
    }

    private static Stream<DocumentedMethod> withBody() {
        return ofInstances().filter(method -> method.hasBody() && !method.is("off"));
    }

    static Stream<DocumentedMethod> linked() {
        return ofInstances().filter(method -> method.is("linked"));
    }

    static Stream<DocumentedMethod> limited() {
        return ofInstances()
                .filter(method -> Stream.of("off", "form", "file", "socket").noneMatch(method::is));
    }

    static List<Row> rows() {
        return withBody().flatMap(method -> rows(method).stream()).toList();
    }

    private static ObjectNode right(DocumentedMethod method) {
        return (ObjectNode) JSON.readTree(method.with(KNOWN));
    }

    private static String with(DocumentedMethod method, String member, String value) {
        ObjectNode changed = right(method);
        changed.set(member, JSON.readTree(value));
        return changed.toString();
    }

    private static List<Row> rows(DocumentedMethod method) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("2.1", method, "{_}", 400, "Unexpected token"));
        rows.add(invalid("2.3", method, with(method, "surprise", "1"), "'surprise' is not allowed"));
        String large = with(method, "surprise", "\"" + "x".repeat(110_000) + "\"");
        rows.add(new Row("2.1", method, large, 500, "request entity too large"));
        for (String member : method.mandatory()) {
            ObjectNode without = right(method);
            JsonNode value = without.remove(member);
            rows.add(invalid("2.3", method, without.toString(), "'" + member + "' is required"));
            String type = switch (value.getNodeType()) {
                case STRING -> "a string";
                case NUMBER -> "a number";
                case ARRAY -> "an array";
                default -> "of type object";
            };
            rows.add(invalid("2.3", method, with(method, member, "null"), "'" + member + "' must be " + type));
            rows.add(invalid("2.3", method, with(method, member, "true"), "'" + member + "' must be " + type));
            if (value.isString()) {
                rows.add(invalid(
                        "2.3", method, with(method, member, "\"\""), "'" + member + "' is not allowed to be empty"));
                rows.addAll(addresses(method, member, value.stringValue()));
            }
        }
        return rows;
    }

    private static List<Row> addresses(DocumentedMethod method, String member, String value) {
        List<Row> rows = new ArrayList<>();
        if (value.endsWith("@g.us")) {
            rows.add(invalid(
                    "2.3",
                    method,
                    with(method, member, "\"15550001002@c.us\""),
                    "'" + member + "' must be one of the next formats: 'group_id@g.us'"));
        }
        if (value.endsWith("@c.us")) {
            rows.add(invalid(
                    "2.3",
                    method,
                    with(method, member, "\"15550001002\""),
                    "'" + member + "' must be one of the next formats: "));
            rows.add(invalid("2.3", method, with(method, member, "\"1@c.us\""), "'chatId': invalid phone number"));
        }
        return rows;
    }

    private static Row invalid(String section, DocumentedMethod method, String body, String detail) {
        return new Row(section, method, body, 400, DETAILS + detail);
    }

    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private Gateway.NewInstance gone;

    @BeforeAll
    void start(@TempDir Path data) {
        gateway = TestGateway.start(data);
        anna = gateway.gateway().createInstance("Anna");
        gone = gateway.gateway().createInstance("gone");
        gateway.post(
                "/partner/deleteInstanceAccount/" + gateway.gateway().partnerToken(),
                "{\"idInstance\":" + gone.id() + "}");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private HttpResponse<String> call(TestGateway of, DocumentedMethod method, String path) {
        String call = method.with(KNOWN);
        return method.hasBody() ? of.send(method.verb(), path, call) : of.send(method.verb(), path + call, "");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsWrongIsSaid(Row row) {
        HttpResponse<String> answer =
                gateway.send(row.method.verb(), TestGateway.path(anna, row.method.name()), row.body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("statusCode").intValue()).isEqualTo(row.status);
        assertThat(body.path("message").stringValue()).startsWith(row.words);
    }

    /** §2.1, §2.2: who calls, and how. */
    @ParameterizedTest
    @MethodSource("ofInstances")
    void whoCallsWronglyIsRefused(DocumentedMethod method) {
        String right = TestGateway.path(anna, method.name());
        HttpResponse<String> stranger = call(gateway, method, right.substring(0, right.length() - 1) + "x");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).isEmpty();
        assertThat(call(gateway, method, "/waInstance7/" + method.name() + "/" + anna.token())
                        .statusCode())
                .isEqualTo(403);
        String verb = method.verb().equals("PUT") ? "POST" : "PUT";
        HttpResponse<String> other = gateway.send(verb, right, "");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(other.body()).path("message").stringValue())
                .startsWith("Cannot " + verb + " /waInstance" + anna.id() + "/" + method.name() + "/");
        assertThat(gateway.send("OPTIONS", right, "").statusCode()).isEqualTo(204);
    }

    /** §2.1: an account that is not linked. */
    @ParameterizedTest
    @MethodSource("linked")
    void whatNeedsWhatsAppSaysThatItIsNotLinked(DocumentedMethod method) {
        HttpResponse<String> answer = method.is("form")
                ? gateway.send(form(method)
                        .request(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, method.name())))
                        .build())
                : call(gateway, method, TestGateway.path(anna, method.name()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("message").stringValue())
                .isEqualTo("instance is starting or not authorized");
    }

    private static TestForm form(DocumentedMethod method) {
        TestForm form = new TestForm();
        if (method.mandatory().contains("groupId")) {
            form.text("groupId", KNOWN.getOrDefault("group", ""));
        }
        return form.file("file", "a.jpg", new byte[] {1});
    }

    /** §2.1: an instance that is there no more. */
    @ParameterizedTest
    @MethodSource("limited")
    void aDeletedInstanceDoesNothing(DocumentedMethod method) {
        HttpResponse<String> answer = call(gateway, method, TestGateway.path(gone, method.name()));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("message").stringValue()).isEqualTo("Instance is deleted");
    }

    /** §2.4: what the operator does not allow. */
    @Test
    void whatHasNoQuotaIsRefused(@TempDir Path data) {
        List<DocumentedMethod> all = limited().toList();
        Map<String, Integer> none = all.stream().collect(Collectors.toMap(DocumentedMethod::name, _ -> 0));
        try (TestGateway limited = TestGateway.start(data, Clock.systemUTC(), none)) {
            Gateway.NewInstance instance = limited.gateway().createInstance("test");
            limited.of(instance).linked(Phase.ONLINE, Instant.now());
            for (DocumentedMethod method : all) {
                HttpResponse<String> answer = call(limited, method, TestGateway.path(instance, method.name()));
                assertThat(answer.statusCode()).as(method.name()).isEqualTo(466);
                JsonNode told = JSON.readTree(answer.body()).path("invokeStatus");
                assertThat(told.path("method").stringValue())
                        .isEqualTo(method.name().toLowerCase(Locale.ROOT));
                assertThat(told.path("status").stringValue()).isEqualTo("QUOTE_EXCEEDED");
            }
        }
    }
}
