package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.UnusableSettingsException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator allows in a month (green-api.md §2.4). */
class QuotaIT {

    private static final String BODY = "{\"groupId\":\"7@g.us\"}";

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-30T23:59:58Z"));
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        open();
        instance = online(gateway.gateway().createInstance("test"));
    }

    private void open() {
        gateway = TestGateway.start(data, clock, Map.of("leaveGroup", 2, "reboot", 0));
    }

    private Gateway.NewInstance online(Gateway.NewInstance any) {
        gateway.of(any).linked(Phase.ONLINE, clock.instant());
        gateway.of(any).leaving((groups, deadline) -> {
            asked.incrementAndGet();
            return groups.stream()
                    .<Outcome<Departed>>map(group -> new Outcome.Done<>(new Departed(false, false)))
                    .toList();
        });
        return any;
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatIsBeyondTheQuotaIsNotDone() {
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(200);
        assertThat(leave(instance, "{}").statusCode())
                .as("what is wrong does not count")
                .isEqualTo(400);
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(200);

        HttpResponse<String> third = leave(instance, BODY);
        assertThat(third.statusCode()).isEqualTo(466);
        assertThat(third.body())
                .isEqualTo("{\"invokeStatus\":{\"method\":\"leavegroup\",\"used\":2,\"total\":2,"
                        + "\"status\":\"QUOTE_EXCEEDED\",\"description\":"
                        + "\"Monthly quota has been exceeded. It is set by the operator of this server.\"}}");
        assertThat(asked).hasValue(2);
        assertThat(gateway.get(TestGateway.path(instance, "reboot")).statusCode())
                .isEqualTo(466);
        assertThat(gateway.get(TestGateway.path(instance, "getStateInstance")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void itIsToldOnceThatAQuotaIsUsedUp() {
        assertThat(gateway.post(TestGateway.path(instance, "setSettings"), "{\"stateWebhook\":\"yes\"}")
                        .statusCode())
                .isEqualTo(200);
        clock.set(Instant.parse("2026-12-02T12:00:00Z"));
        exhaust();
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(466);
        String told =
                gateway.get(TestGateway.path(instance, "receiveNotification")).body();
        assertThat(told)
                .startsWith("{\"receiptId\":1,")
                .contains("\"typeWebhook\":\"quotaExceeded\"")
                .endsWith("\"quotaData\":{\"method\":\"leavegroup\",\"used\":2,\"total\":2,"
                        + "\"status\":\"QUOTA_EXCEEDED\",\"description\":"
                        + "\"Monthly quota has been exceeded. It is set by the operator of this server.\"}}}");
        assertThat(gateway.send("DELETE", TestGateway.path(instance, "deleteNotification") + "/1", "")
                        .body())
                .isEqualTo("{\"result\":true,\"reason\":\"\"}");
        gateway.close();
        clock.set(Instant.parse("2026-12-29T12:00:00Z"));
        open();
        online(instance);
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(466);
        assertThat(gateway.get(TestGateway.path(instance, "getWebhooksCount")).body())
                .as("long after the log of events has forgotten it")
                .isEqualTo("{\"count\":0}");
    }

    @Test
    void eachInstanceHasItsOwn() {
        Gateway.NewInstance other = online(gateway.gateway().createInstance("other"));
        exhaust();
        assertThat(leave(other, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void aMonthLaterItBeginsAnew() {
        exhaust();
        clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        exhaust();
    }

    @Test
    void aRestartForgetsNothing() {
        exhaust();
        gateway.close();
        open();
        online(instance);
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(466);
    }

    @Test
    void aRepeatUnderItsKeyDoesNotCount() {
        for (int i = 0; i < 4; i++) {
            assertThat(keyed("a").statusCode()).isEqualTo(200);
        }
        assertThat(keyed("b").statusCode()).isEqualTo(200);
        assertThat(keyed("c").statusCode()).isEqualTo(466);
        assertThat(keyed("a").statusCode()).isEqualTo(200);
        assertThat(asked).hasValue(2);
    }

    @Test
    void onlyMethodsHaveQuotas(@TempDir Path other) {
        for (Map<String, Integer> quotas : List.of(
                Map.of("leavegroup", 1),
                Map.of("getInstances", 1),
                Map.of("sendTemplate", 1),
                Map.of("leaveGroup", -1))) {
            assertThatExceptionOfType(UnusableSettingsException.class)
                    .isThrownBy(() -> TestGateway.start(other, clock, quotas))
                    .withMessageContaining(quotas.keySet().iterator().next());
        }
    }

    private void exhaust() {
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(200);
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(200);
        assertThat(leave(instance, BODY).statusCode()).isEqualTo(466);
    }

    private HttpResponse<String> leave(Gateway.NewInstance of, String body) {
        return gateway.post(TestGateway.path(of, "leaveGroup"), body);
    }

    private HttpResponse<String> keyed(String key) {
        return gateway.send(HttpRequest.newBuilder()
                .uri(URI.create(gateway.gateway().apiUrl() + TestGateway.path(instance, "leaveGroup")))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build());
    }
}
