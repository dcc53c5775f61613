package io.greenfinch.gateway.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notifications by polling (green-api.md §6.2, §6.3 and §8). */
@Timeout(90)
class PollingIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REFUSED = "Message cannot be received because custom webhook url is set.";

    @TempDir
    private Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private States states;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        states = new States(instance);
        set("{\"stateWebhook\":\"yes\"}");
    }

    @AfterEach
    void stop() {
        gateway.close();
        http.close();
    }

    @Test
    void aNotificationIsToldUnderItsReceiptUntilItIsDeleted() {
        states.change(gateway, 2);
        String told = "{\"receiptId\":1,\"body\":" + states.body(1) + "}";
        assertThat(get("receiveNotification")).isEqualTo(told);
        assertThat(get("ReceiveNotification?receiveTimeout=60")).isEqualTo(told);
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":2}");
        restart();
        assertThat(get("receiveNotification")).isEqualTo(told);
        assertThat(delete("1")).isEqualTo("{\"result\":true,\"reason\":\"\"}");
        assertThat(delete("1")).startsWith("{\"result\":false,\"reason\":\"There is no notification");
        assertThat(get("receiveNotification")).isEqualTo("{\"receiptId\":2,\"body\":" + states.body(2) + "}");
    }

    /** As the SDKs do it: receive, work, delete, until there is nothing. */
    @Test
    void aLoopGetsEverythingOnceAndInOrder() {
        List<String> bodies = new ArrayList<>();
        states.change(gateway, 20);
        for (int round = 0; round < 30; round++) {
            if (round == 10) {
                restart();
                states.change(gateway, 10);
            }
            JsonNode received = JSON.readTree(get("receiveNotification"));
            bodies.add(received.path("body").toString());
            assertThat(delete(received.path("receiptId").toString())).contains("true");
        }
        assertThat(bodies)
                .isEqualTo(IntStream.rangeClosed(1, 30).mapToObj(states::body).toList());
        assertThat(get("receiveNotification")).as("after five seconds").isEqualTo("null");
    }

    @Test
    void whoWaitsIsToldAtOnce() {
        CompletableFuture<HttpResponse<String>> waiting = waits();
        states.change(gateway, 1);
        assertThat(waiting.join().body()).isEqualTo("{\"receiptId\":1,\"body\":" + states.body(1) + "}");
    }

    @Test
    void whoHasGoneAwayHasMissedNothing() {
        for (int i = 0; i < 5; i++) {
            waits().cancel(true);
        }
        CompletableFuture<HttpResponse<String>> gone = waits();
        states.change(gateway, 1);
        gone.cancel(true);
        assertThat(get("receiveNotification")).contains("\"receiptId\":1,");
    }

    @Test
    void whatIsSwitchedOffIsNotTold() {
        set("{\"stateWebhook\":\"no\"}");
        states.change(gateway, 2);
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        set("{\"stateWebhook\":\"yes\"}");
        states.change(gateway, 1);
        assertThat(get("receiveNotification")).isEqualTo("{\"receiptId\":1,\"body\":" + states.body(3) + "}");
    }

    @Test
    void aWebhookTakesThePlaceOfPolling() {
        CompletableFuture<HttpResponse<String>> waiting = waits();
        set("{\"webhookUrl\":\"http://127.0.0.1:1/hook\"}");
        assertThat(waiting.join().statusCode()).isEqualTo(400);
        assertThat(waiting.join().body()).contains(REFUSED);
        states.change(gateway, 1);
        assertThat(get("receiveNotification")).contains("\"statusCode\":400", REFUSED);
        assertThat(delete("1")).contains("\"statusCode\":400", REFUSED);
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":1}");
        set("{\"webhookUrl\":\"\"}");
        assertThat(get("receiveNotification")).contains("\"receiptId\":1,");
        assertThat(delete("1")).contains("true");
    }

    @Test
    void receiptsAreNumbersAndTimesHaveLimits() {
        for (String wrong : List.of("!", "-1", "1.5", "99999999999999999999", "%20")) {
            assertThat(delete(wrong)).as(wrong).contains("\"message\":\"Parameter receiptId must be a Number\"");
        }
        assertThat(gateway.send("DELETE", TestGateway.path(instance, "deleteNotification"), "")
                        .body())
                .contains("\"message\":\"Parameter receiptId must be a Number\"");
        assertThat(gateway.get(TestGateway.path(instance, "deleteNotification") + "/1")
                        .body())
                .contains("Cannot GET /waInstance" + instance.id() + "/deleteNotification/***/1");
        assertThat(get("receiveNotification?receiveTimeout=4"))
                .contains("'receiveTimeout' must be greater than or equal to 5");
        assertThat(get("receiveNotification?receiveTimeout=61"))
                .contains("'receiveTimeout' must be less than or equal to 60");
        assertThat(get("receiveNotification?receiveTimeout=long")).contains("'receiveTimeout' must be a number");
    }

    @Test
    void theQueueIsClearedOnceAMinute() {
        states.change(gateway, 3);
        assertThat(clear()).isEqualTo("{\"isCleared\":true,\"reason\":\"\"}");
        assertThat(get("getWebhooksCount")).isEqualTo("{\"count\":0}");
        JsonNode again = JSON.readTree(clear());
        assertThat(again.path("isCleared").booleanValue()).isFalse();
        assertThat(again.path("reason").stringValue()).isEqualTo("Too many requests");
        assertThat(again.path("leftTime").intValue()).isBetween(30, 60);
        restart();
        assertThat(clear()).contains("Too many requests");
    }

    @Test
    void clearingTwiceAtOnceIsToldInTheBodyThoughRatesAreLimited() {
        gateway.close();
        gateway = TestGateway.start(data, Clock.systemUTC(), true);
        assertThat(clear()).isEqualTo("{\"isCleared\":true,\"reason\":\"\"}");
        assertThat(clear()).contains("Too many requests").contains("leftTime");
    }

    @Test
    void whatIsNoNumberOfAnInstanceIsToldSo() {
        for (String name : List.of("receiveNotification", "deleteNotification")) {
            String path = "/waInstanceabc/" + name + "/token" + (name.startsWith("delete") ? "/1" : "");
            HttpResponse<String> answer = gateway.send(name.startsWith("delete") ? "DELETE" : "GET", path, "");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Parameter idInstance not an integer");
        }
    }

    @Test
    void soManyMayWaitAndAStopSendsThemAway() {
        List<CompletableFuture<HttpResponse<String>>> waiting =
                IntStream.range(0, 64).mapToObj(each -> waits()).toList();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("receiveNotification").contains("\"statusCode\":429"));
        gateway.close();
        assertThat(waiting).allSatisfy(each -> assertThat(each.join().body()).isIn("null", busy(each)));
    }

    /** One of the calls that wait may have come after one of those that asked whether all of them do. */
    private static String busy(CompletableFuture<HttpResponse<String>> answer) {
        return answer.join().statusCode() == 429 ? answer.join().body() : "null";
    }

    @Test
    void aDeletedInstanceLeavesNobodyWaiting() {
        CompletableFuture<HttpResponse<String>> waiting = waits();
        gateway.post(
                "/partner/deleteInstanceAccount/" + gateway.gateway().partnerToken(),
                "{\"idInstance\":" + instance.id() + "}");
        assertThat(waiting.join().body()).contains("Instance is deleted");
    }

    private CompletableFuture<HttpResponse<String>> waits() {
        String path = TestGateway.path(instance, "receiveNotification") + "?receiveTimeout=60";
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(gateway.gateway().apiUrl() + path))
                        .timeout(Duration.ofSeconds(70))
                        .build(),
                BodyHandlers.ofString());
    }

    private void restart() {
        gateway.close();
        gateway = TestGateway.start(data);
    }

    private void set(String settings) {
        assertThat(gateway.post(TestGateway.path(instance, "setSettings"), settings)
                        .body())
                .isEqualTo("{\"saveSettings\":true}");
    }

    private String get(String call) {
        int query = call.indexOf('?') < 0 ? call.length() : call.indexOf('?');
        return gateway.get(TestGateway.path(instance, call.substring(0, query)) + call.substring(query))
                .body();
    }

    private String delete(String receipt) {
        return gateway.send("DELETE", TestGateway.path(instance, "deleteNotification") + "/" + receipt, "")
                .body();
    }

    private String clear() {
        return gateway.send("DELETE", TestGateway.path(instance, "clearWebhooksQueue"), "")
                .body();
    }
}
