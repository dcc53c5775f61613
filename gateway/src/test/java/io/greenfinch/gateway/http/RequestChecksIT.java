package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The order of checks and the forms of refusal (design §6). */
class RequestChecksIT {

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void tellsTheStateOfANewInstance() {
        HttpResponse<String> answer = gateway.get(TestGateway.path(instance, "getStateInstance"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("Greenfinch-Reason, Retry-After");
        assertThat(answer.headers().map()).doesNotContainKey("server");
    }

    @Test
    void methodNamesMayHaveAnyCaseAndSlashesMayBeDoubled() {
        gateway.of(instance).linked(Phase.ONLINE, Instant.now());
        String token = instance.token();

        for (String path : new String[] {
            "/waInstance%d/GetStateInstance/%s",
            "/waInstance%d//GETSTATEINSTANCE///%s/",
            "//wainstance%d/getstateinstance/%s//",
            "/waInstance%d/getStateInstance/%s?whatever=1"
        }) {
            HttpResponse<String> answer = gateway.get(String.format(path, instance.id(), token));
            assertThat(answer.body()).as(path).isEqualTo("{\"stateInstance\":\"authorized\"}");
        }
    }

    @Test
    void wrongVerbsAndUnknownMethodsAreNotFoundAndTheTokenIsMasked() {
        for (String[] wrong : new String[][] {
            {"POST", "getStateInstance"}, {"GET", "leaveGroup"}, {"GET", "noSuchMethod"}, {"PUT", "leaveGroup"}
        }) {
            HttpResponse<String> answer = gateway.send(wrong[0], TestGateway.path(instance, wrong[1]), "");

            assertThat(answer.statusCode()).isEqualTo(404);
            JsonNode envelope = Json.MAPPER.readTree(answer.body());
            String path = "/waInstance" + instance.id() + "/" + wrong[1] + "/***";
            assertThat(envelope.propertyNames()).containsExactly("statusCode", "timestamp", "path", "message");
            assertThat(envelope.get("statusCode").intValue()).isEqualTo(404);
            assertThat(envelope.get("timestamp").stringValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(envelope.get("path").stringValue()).isEqualTo(path);
            assertThat(envelope.get("message").stringValue()).isEqualTo("Cannot " + wrong[0] + " " + path);
        }
    }

    @Test
    void anUnknownInstanceIsForbiddenWhateverItsToken() {
        for (String id : new String[] {"9999999999", "abc", "", "99999999999999999999999"}) {
            HttpResponse<String> answer = gateway.get("/waInstance" + id + "/getStateInstance/" + instance.token());
            assertThat(answer.statusCode()).as(id).isEqualTo(403);
            assertThat(answer.body()).contains("\"message\":\"Forbidden\"").doesNotContain(instance.token());
        }
    }

    @Test
    void aWrongTokenIsAnsweredWithNothing() {
        HttpResponse<String> answer = gateway.get("/waInstance" + instance.id() + "/getStateInstance/wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void methodsOfLaterVersionsSaySoHonestly() {
        HttpResponse<String> answer = gateway.post(TestGateway.path(instance, "sendTemplate"), "{}");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("Method sendTemplate is not implemented in this version");
        assertThat(gateway.post(TestGateway.path(instance, "sendButtons"), "{}").statusCode())
                .isEqualTo(403);
    }
}
