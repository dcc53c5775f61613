package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.docs.Answered;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** HTTP as it arrives from all kinds of clients, byte by byte (design §6). */
class WireIT {

    private static final String BODY = "{\"groupId\":\"120363000000000001@g.us\"}";

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        gateway.of(instance).linked(Phase.ONLINE, Instant.now());
        gateway.of(instance).leaving((groups, deadline) -> List.of(new Outcome.Done<>(new Departed(false, false))));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void bodiesAreReadAsJsonWhateverTheirType() {
        for (String type : new String[] {
            "application/json", "application/json;charset=UTF-8", "text/plain", "application/x-www-form-urlencoded", "x"
        }) {
            assertThat(left("Content-Type: " + type)).as(type).isTrue();
        }
        assertThat(left("Accept: text/html")).isTrue();
        assertThat(left("Accept: application/xml;q=0")).isTrue();
    }

    @Test
    void anOfferToUpgradeIsPassedOver() {
        assertThat(left("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAEAAEAAAAIAAAAB"))
                .isTrue();
    }

    private boolean left(String... headers) {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection
                    .lines("POST " + path("leaveGroup") + " HTTP/1.1", "Host: x", "Content-Length: " + BODY.length())
                    .lines(headers)
                    .lines("")
                    .text(BODY);
            Answered reply = connection.reply();
            return reply.status() == 200 && reply.body().equals("{\"leaveGroup\":true}");
        }
    }

    @Test
    void chunkedBodiesAreRead() {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines("POST " + path("leaveGroup") + " HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "");
            for (int i = 0; i < BODY.length(); i++) {
                connection.lines("1", BODY.substring(i, i + 1));
            }
            connection.lines("0", "");
            assertThat(connection.reply().body()).isEqualTo("{\"leaveGroup\":true}");
        }
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() {
        try (RawConnection connection = new RawConnection(gateway)) {
            for (int i = 0; i < 3; i++) {
                connection
                        .lines(
                                "POST " + path("leaveGroup") + " HTTP/1.1",
                                "Host: x",
                                "Content-Length: " + BODY.length())
                        .lines("")
                        .text(BODY);
                assertThat(connection.reply().status()).isEqualTo(200);
                connection.lines("GET " + path("getStateInstance") + " HTTP/1.1", "Host: x", "");
                assertThat(connection.reply().body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
                connection.lines("GET /nothing HTTP/1.1", "Host: x", "");
                assertThat(connection.reply().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        try (RawConnection connection = new RawConnection(gateway)) {
            String get = "GET " + path("getStateInstance") + " HTTP/1.1\r\nHost: x\r\n\r\n";
            String post = "POST " + path("leaveGroup") + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY.length()
                    + "\r\n\r\n" + BODY;
            connection.text(post + get + post + get);
            for (int i = 0; i < 2; i++) {
                assertThat(connection.reply().body()).isEqualTo("{\"leaveGroup\":true}");
                assertThat(connection.reply().body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
            }
        }
    }

    /** Before a leave is answered it is seen whether its caller is still there, by reading ahead: of the next request, if there is one. */
    @ParameterizedTest
    @ValueSource(ints = {4095, 4096, 8191, 8192, 8193, 12_288})
    void whatComesBehindARequestOfAnySizeIsWhole(int size) {
        String get = "GET " + path("getStateInstance") + " HTTP/1.1\r\nHost: x\r\n\r\n";
        String head =
                "POST " + path("leaveGroup") + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY.length() + "\r\nPad: ";
        String pad = "p".repeat(size - head.length() - "\r\n\r\n".length() - BODY.length());
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.text(head + pad + "\r\n\r\n" + BODY + get + get);
            assertThat(connection.reply().body()).isEqualTo("{\"leaveGroup\":true}");
            for (int i = 0; i < 2; i++) {
                assertThat(connection.reply().body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
            }
        }
    }

    @Test
    void optionsIsAlwaysAllowed() {
        for (String target : new String[] {path("leaveGroup"), "/", "/waInstance1/x/y", "*"}) {
            try (RawConnection connection = new RawConnection(gateway)) {
                connection.lines("OPTIONS " + target + " HTTP/1.1", "Host: x", "Origin: https://example.com", "");
                Answered reply = connection.reply();
                assertThat(reply.status()).as(target).isEqualTo(204);
                assertThat(reply.headers())
                        .containsEntry("access-control-allow-origin", "*")
                        .containsEntry("access-control-allow-headers", "Content-Type, GA-Filename, Idempotency-Key")
                        .containsEntry("access-control-allow-methods", "GET, POST, DELETE, OPTIONS");
            }
        }
    }

    @Test
    void headIsGetWithoutABodyAndOnlyWhereNothingChanges() {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines("HEAD " + path("getStateInstance") + " HTTP/1.1", "Host: x", "");
            Answered state = connection.reply();
            assertThat(state.status()).isEqualTo(200);
            assertThat(state.headers())
                    .containsEntry("content-length", Integer.toString("{\"stateInstance\":\"authorized\"}".length()));
            connection.lines("HEAD " + path("logout") + " HTTP/1.1", "Host: x", "");
            assertThat(connection.reply().status()).isEqualTo(404);
            connection.lines("HEAD /health/live HTTP/1.1", "Host: x", "");
            assertThat(connection.reply().status()).isEqualTo(200);
            assertThat(gateway.of(instance).status().linked()).isTrue();
        }
    }

    @Test
    void aBodyOfAHundredKilobytesIsReadAndOneByteMoreIsNot() {
        String padding = " ".repeat(Bodies.MAX_BYTES - BODY.length());
        assertThat(gateway.post(path("leaveGroup"), BODY + padding).statusCode())
                .isEqualTo(200);

        for (String extra : new String[] {" ", " ".repeat(1_000_000)}) {
            var large = gateway.post(path("leaveGroup"), BODY + padding + extra);
            assertThat(large.statusCode()).isEqualTo(500);
            assertThat(large.body()).contains("\"message\":\"request entity too large\"");
        }
    }

    @Test
    void sizeComesBeforeUnknownFieldsAndAfterTheToken() {
        String large = "{\"x\":\"" + "x".repeat(200_000) + "\"}";
        assertThat(gateway.post(path("leaveGroup"), large).statusCode()).isEqualTo(500);
        String wrong = "/waInstance" + instance.id() + "/leaveGroup/wrong";
        assertThat(gateway.post(wrong, large).statusCode()).isEqualTo(401);
    }

    @Test
    void anEndlessBodyIsAnsweredBeforeItsEnd() {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines("POST " + path("leaveGroup") + " HTTP/1.1", "Host: x", "Content-Length: 1000000000", "");
            connection.bytesAsFarAsTaken(new byte[Bodies.MAX_BYTES + BodyPump.MAX_DROPPED + 1]);
            assertThat(connection.reply().status()).isEqualTo(500);
        }
    }

    @Test
    void malformedJsonIsAnsweredInTheWordsOfTheOriginal() {
        var answer = gateway.post(path("leaveGroup"), "{\"groupId\": 120363@g.us}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.MAPPER.readTree(answer.body()).get("message").stringValue())
                .isEqualTo("Unexpected token @ in JSON at position 18");
    }

    @Test
    void methodsWithoutParametersIgnoreTheirBody() {
        assertThat(gateway.send("GET", path("getStateInstance"), "not json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theServersOwnRefusalsHaveTheSameForm() {
        refused(400, "GET /waInstance1/leave Group/x HTTP/1.1", "Host: x");
        refused(400, "GET " + path("qr").replace("/qr/", "/%zz/") + " HTTP/1.1", "Host: x");
        refused(400, "GET " + path("qr") + " HTTP/1.1");
        refused(400, "GET /../" + instance.token() + "/.%2e/ HTTP/1.1", "Host: x");
        refused(400, "POST " + path("leaveGroup") + " HTTP/1.1", "Host: x", "Content-Length: abc");
        refused(400, "NONSENSE", "Host: x");
        refused(431, "GET " + path("qr") + " HTTP/1.1", "Host: x", "X: " + "x".repeat(20_000));
        refused(414, "GET /" + instance.token() + "x".repeat(20_000) + " HTTP/1.1", "Host: x");
        refused(505, "GET " + path("qr") + " HTTP/3.0", "Host: x");
    }

    private void refused(int status, String... lines) {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines(lines).lines("");
            Answered reply = connection.reply();
            assertThat(reply.status()).as(lines[0]).isEqualTo(status);
            assertThat(reply.headers()).containsEntry("content-type", "application/json; charset=utf-8");
            assertThat(reply.headers()).containsEntry("cache-control", "no-store");
            assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
            assertThat(reply.headers()).doesNotContainKey("server");
            JsonNode envelope = Json.MAPPER.readTree(reply.body());
            assertThat(envelope.propertyNames()).containsExactly("statusCode", "timestamp", "path", "message");
            assertThat(envelope.get("statusCode").intValue()).isEqualTo(status);
            assertThat(envelope.get("path").stringValue()).startsWith("/").isNotEqualTo("/badMessage");
            assertThat(reply.body()).doesNotContain(instance.token());
        }
    }

    @Test
    void connectAndTraceAreNotFound() {
        for (String verb : new String[] {"TRACE", "PATCH", "PROPFIND"}) {
            try (RawConnection connection = new RawConnection(gateway)) {
                connection.lines(verb + " " + path("qr") + " HTTP/1.1", "Host: x", "");
                assertThat(connection.reply().status()).as(verb).isEqualTo(404);
            }
        }
    }

    private String path(String method) {
        return TestGateway.path(instance, method);
    }
}
