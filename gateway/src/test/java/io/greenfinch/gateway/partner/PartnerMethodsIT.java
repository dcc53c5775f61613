package io.greenfinch.gateway.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.UnusableSettingsException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Instances as a partner makes, lists and deletes them (green-api.md §15). */
class PartnerMethodsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-23T10:20:30.456Z"));

    @TempDir
    private Path data;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data, clock, false);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void anInstanceIsMadeWithASettingAndAName() {
        JsonNode made = JSON.readTree(post(
                        "createInstance",
                        "{\"name\":\"shop\",\"stateWebhook\":\"yes\",\"delaySendMessagesMilliseconds\":1500}")
                .body());

        assertThat(made.propertyNames()).containsExactly("idInstance", "apiTokenInstance", "typeInstance");
        assertThat(made.get("idInstance").longValue()).isBetween(1_000_000_000L, 9_999_999_999L);
        assertThat(made.get("apiTokenInstance").stringValue()).matches("[0-9a-f]{50}");
        assertThat(made.get("typeInstance").stringValue()).isEqualTo("whatsapp");
        String settings =
                gateway.get(TestGateway.path(instance(made), "getSettings")).body();
        assertThat(settings)
                .isEqualTo("{\"wid\":\"\",\"countryInstance\":\"\",\"typeAccount\":\"\",\"webhookUrl\":\"\","
                        + "\"webhookUrlToken\":\"\",\"delaySendMessagesMilliseconds\":1500,"
                        + "\"markIncomingMessagesReaded\":\"no\",\"markIncomingMessagesReadedOnReply\":\"no\","
                        + "\"sharedSession\":\"no\",\"proxyInstance\":\"system proxy\",\"outgoingWebhook\":\"no\","
                        + "\"outgoingMessageWebhook\":\"no\",\"outgoingAPIMessageWebhook\":\"no\","
                        + "\"incomingWebhook\":\"no\",\"deviceWebhook\":\"no\",\"statusInstanceWebhook\":\"no\","
                        + "\"stateWebhook\":\"yes\",\"enableMessagesHistory\":\"no\",\"keepOnlineStatus\":\"no\","
                        + "\"pollMessageWebhook\":\"no\",\"incomingBlockWebhook\":\"no\",\"incomingCallWebhook\":\"no\","
                        + "\"editedMessageWebhook\":\"no\",\"deletedMessageWebhook\":\"no\"}");
    }

    @Test
    void everyInstanceHasItsOwnNumberAndToken() {
        JsonNode one = JSON.readTree(post("createInstance", "").body());
        JsonNode other = JSON.readTree(post("createInstance", "{}").body());

        assertThat(other.get("idInstance")).isNotEqualTo(one.get("idInstance"));
        assertThat(other.get("apiTokenInstance")).isNotEqualTo(one.get("apiTokenInstance"));
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThat(post("createInstance", "{\"stateWebhook\":\"maybe\"}").body())
                .contains("'stateWebhook' must be one of [yes, no]");
        assertThat(post("createInstance", "{\"delaySendMessagesMilliseconds\":499}")
                        .body())
                .contains("'delaySendMessagesMilliseconds' must be greater than or equal to 500");
        assertThat(post("createInstance", "{\"delaySendMessagesMilliseconds\":\"500\"}")
                        .body())
                .contains("'delaySendMessagesMilliseconds' must be a number");
        assertThat(post("createInstance", "{\"wid\":\"x\"}").body()).contains("'wid' is not allowed");
        assertThat(gateway.gateway().instances()).isEmpty();
    }

    @Test
    void instancesAreListedWithTheirTokens() {
        JsonNode made =
                JSON.readTree(post("createInstance", "{\"name\":\"shop\"}").body());
        String list = get("getInstances").body();

        assertThat(list)
                .isEqualTo("[{\"idInstance\":" + made.get("idInstance") + ",\"name\":\"shop\","
                        + "\"typeInstance\":\"whatsapp\",\"typeAccount\":\"\",\"partnerUserUiid\":\"\","
                        + "\"timeCreated\":\"2026-11-23T10:20:30\",\"timeDeleted\":\"0001-01-01T00:00:00\","
                        + "\"apiTokenInstance\":" + made.get("apiTokenInstance") + ",\"deleted\":false,"
                        + "\"tariff\":\"PARTNER\",\"isFree\":false,\"isPartner\":true,"
                        + "\"expirationDate\":\"9999-12-31T23:59:59\",\"isExpired\":false}]");
        assertThat(post("getInstances", "").body()).isEqualTo(list);
    }

    @Test
    void aDeletedInstanceSaysSoAndStaysListedForThreeMonths() {
        JsonNode made = JSON.readTree(post("createInstance", "").body());
        String state = TestGateway.path(instance(made), "getStateInstance");
        String body = "{\"idInstance\":" + made.get("idInstance") + "}";

        assertThat(post("deleteInstanceAccount", body).body()).isEqualTo("{\"deleteInstanceAccount\":true}");

        HttpResponse<String> deleted = gateway.get(state);
        assertThat(deleted.statusCode()).isEqualTo(400);
        assertThat(deleted.body()).contains("\"message\":\"Instance is deleted\"");
        assertThat(gateway.get(state.replace(instance(made).token(), "wrong")).statusCode())
                .isEqualTo(401);
        assertThat(get("getInstances").body())
                .contains("\"timeDeleted\":\"2026-11-23T10:20:30\"")
                .contains("\"deleted\":true");
        assertThat(post("deleteInstanceAccount", body).body())
                .isEqualTo("{\"code\":404,\"description\":\"Instance not found\"}");
        assertThat(gateway.of(instance(made)).closed()).isTrue();

        restart();
        assertThat(gateway.get(state).body()).contains("Instance is deleted");
        clock.advance(Duration.ofDays(93));
        restart();
        assertThat(get("getInstances").body()).isEqualTo("[]");
        assertThat(gateway.get(state).statusCode()).isEqualTo(403);
    }

    @Test
    void numbersOfForgottenInstancesAreNotGivenAgain() {
        JsonNode made = JSON.readTree(post("createInstance", "").body());
        post("deleteInstanceAccount", "{\"idInstance\":" + made.get("idInstance") + "}");
        clock.advance(Duration.ofDays(93));
        restart();

        assertThat(JSON.readTree(post("createInstance", "").body()).get("idInstance"))
                .isNotEqualTo(made.get("idInstance"));
    }

    @Test
    void instancesSurviveARestart() {
        JsonNode made = JSON.readTree(post("createInstance", "{\"name\":\"shop\",\"webhookUrlToken\":\"hush\"}")
                .body());
        String list = get("getInstances").body();
        restart();

        assertThat(get("getInstances").body()).isEqualTo(list);
        assertThat(gateway.get(TestGateway.path(instance(made), "getSettings")).body())
                .contains("\"webhookUrlToken\":\"hush\"");
    }

    @Test
    void aWrongPartnerTokenIsToldInTheBody() {
        for (String call : new String[] {"getInstances", "createInstance", "deleteInstanceAccount"}) {
            HttpResponse<String> answer = gateway.post("/partner/" + call + "/wrong", "{}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"code\":401,\"description\":\"Unauthorized\"}");
        }
        assertThat(gateway.get("/partner/createInstance/wrong").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/partner/somethingElse/wrong").body())
                .contains("Cannot GET /partner/somethingElse/***");
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefusedAtTheStart(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("partner-token"), "a-token-of-thirty-one-character");
        assertThatExceptionOfType(UnusableSettingsException.class)
                .isThrownBy(() -> TestGateway.start(other))
                .withMessageContaining("at least 32 characters");
        Files.writeString(other.resolve("partner-token"), "a-token-of-thirty-two-characters");
        TestGateway.start(other).close();
    }

    private void restart() {
        gateway.close();
        gateway = TestGateway.start(data, clock, false);
    }

    private static Gateway.NewInstance instance(JsonNode made) {
        return new Gateway.NewInstance(
                made.get("idInstance").longValue(), made.get("apiTokenInstance").stringValue());
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post("/partner/" + method + "/" + gateway.gateway().partnerToken(), body);
    }

    private HttpResponse<String> get(String method) {
        return gateway.get("/partner/" + method + "/" + gateway.gateway().partnerToken());
    }
}
