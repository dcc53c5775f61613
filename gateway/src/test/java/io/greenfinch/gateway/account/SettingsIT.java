package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Settings of an instance, changed and kept (green-api.md §4.1 and §4.2). */
class SettingsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SAVED = "{\"saveSettings\":true}";

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
    void whatIsSetIsInEffectAtOnceAndAllElseStays() {
        JsonNode before = settings();
        assertThat(set("{\"stateWebhook\":\"yes\",\"delaySendMessagesMilliseconds\":600000}")
                        .body())
                .isEqualTo(SAVED);
        assertThat(set("{\"webhookUrl\":\"https://example.com:8443/hook?a=b\",\"webhookUrlToken\":\"Bearer x\"}")
                        .body())
                .isEqualTo(SAVED);

        JsonNode after = settings();
        assertThat(after.propertyNames()).containsExactlyElementsOf(before.propertyNames());
        assertThat(after.path("stateWebhook").stringValue()).isEqualTo("yes");
        assertThat(after.path("delaySendMessagesMilliseconds").intValue()).isEqualTo(600_000);
        assertThat(after.path("webhookUrl").stringValue()).isEqualTo("https://example.com:8443/hook?a=b");
        assertThat(after.path("webhookUrlToken").stringValue()).isEqualTo("Bearer x");
        assertThat(after.path("incomingWebhook").stringValue()).isEqualTo("no");
        assertThat(gateway.of(instance).closed()).isFalse();

        assertThat(set("{\"webhookUrl\":\"\",\"webhookUrlToken\":null}").body()).isEqualTo(SAVED);
        assertThat(settings().path("webhookUrl").stringValue()).isEmpty();
        assertThat(settings().path("webhookUrlToken").stringValue()).isEqualTo("Bearer x");
    }

    @Test
    void settingsSurviveARestart() {
        set("{\"pollMessageWebhook\":\"yes\",\"autoTyping\":3000,\"linkPreview\":false,\"enableLidMode\":\"yes\"}");
        JsonNode before = settings();
        gateway.close();
        gateway = TestGateway.start(data);

        assertThat(settings()).isEqualTo(before);
        assertThat(before.path("autoTyping").intValue()).isEqualTo(3000);
        assertThat(before.path("linkPreview").stringValue()).isEqualTo("no");
        assertThat(before.path("enableLidMode").stringValue()).isEqualTo("yes");
    }

    @Test
    void everythingThatIsToldMayBeSentBackButWhoTheAccountIs() {
        JsonNode told = settings();
        for (String name : told.propertyNames()) {
            HttpResponse<String> answer = set("{\"" + name + "\":" + told.get(name) + "}");
            boolean ours = name.equals("wid") || name.equals("typeAccount");
            assertThat(answer.statusCode()).as(name).isEqualTo(ours ? 400 : 200);
        }
        assertThat(set("{\"proxyInstance\":\"mine\"}").body()).isEqualTo(SAVED);
        assertThat(settings()).isEqualTo(told);
    }

    @Test
    void theOperatorSaysHowShortThePauseBetweenMessagesMayBe() {
        gateway.close();
        gateway = TestGateway.startWithSendDelay(data, Duration.ofMillis(20));
        assertThat(settings().path("delaySendMessagesMilliseconds").intValue()).isEqualTo(500);
        assertThat(gateway.get("/openapi.json").body()).contains("\"minimum\":20,\"maximum\":600000");
        assertThat(gateway.setSendDelay(instance, 19).body())
                .contains("'delaySendMessagesMilliseconds' must be greater than or equal to 20");
        assertThat(gateway.setSendDelay(instance, 20).body()).isEqualTo(SAVED);
        gateway.close();
        gateway = TestGateway.start(data);
        assertThat(settings().path("delaySendMessagesMilliseconds").intValue()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'value' must have at least 1 key",
                "{\"stateWebhook\":\"maybe\"}|'stateWebhook' must be one of [yes, no]",
                "{\"stateWebhook\":true}|'stateWebhook' must be a string",
                "{\"linkPreview\":\"maybe\"}|'linkPreview' must be one of [yes, no]",
                "{\"autoTyping\":20001}|'autoTyping' must be less than or equal to 20000",
                "{\"delaySendMessagesMilliseconds\":499}|'delaySendMessagesMilliseconds' must be greater than or equal to 500",
                "{\"delaySendMessagesMilliseconds\":600001}|'delaySendMessagesMilliseconds' must be less than or equal to 600000",
                "{\"delaySendMessagesMilliseconds\":1.5}|'delaySendMessagesMilliseconds' must be an integer",
                "{\"webhookUrl\":7}|'webhookUrl' must be a string",
                "{\"webhookUrlToken\":\"a\\r\\nX: y\"}|'webhookUrlToken' must only contain printable ASCII characters",
                "{\"wid\":\"10000000001@c.us\"}|'wid' is not allowed",
                "{\"typeInstance\":\"whatsapp\"}|'typeInstance' is not allowed",
                "{\"stateWebhook\":\"yes\",\"x\":1}|'x' is not allowed",
            })
    void whatIsWrongIsRefusedAndChangesNothing(String body, String detail) {
        JsonNode before = settings();
        HttpResponse<String> answer = set(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("message").stringValue())
                .isEqualTo("Validation failed. Details: " + detail);
        assertThat(settings()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/hook",
                "ftp://example.com",
                "https://",
                "https:example.com",
                "http://example.com:70000",
                "https://exa mple.com",
                "javascript:alert(1)",
                "//example.com"
            })
    void aWebhookIsAtAnHttpAddress(String url) {
        assertThat(set("{\"webhookUrl\":\"" + url + "\"}").body())
                .contains("'webhookUrl' must be a valid uri with a scheme matching the http|https pattern");
    }

    @Test
    void changesAtTheSameTimeDoNotLoseEachOther() {
        String[] names = {"stateWebhook", "incomingWebhook", "outgoingWebhook", "pollMessageWebhook", "deviceWebhook"};
        CompletableFuture.allOf(IntStream.range(0, names.length)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> assertThat(
                                        set("{\"" + names[i] + "\":\"yes\"}").body())
                                .isEqualTo(SAVED)))
                        .toArray(CompletableFuture[]::new))
                .join();

        for (String name : names) {
            assertThat(settings().path(name).stringValue()).as(name).isEqualTo("yes");
        }
    }

    private HttpResponse<String> set(String body) {
        return gateway.post(TestGateway.path(instance, "setSettings"), body);
    }

    private JsonNode settings() {
        return JSON.readTree(
                gateway.get(TestGateway.path(instance, "getSettings")).body());
    }
}
