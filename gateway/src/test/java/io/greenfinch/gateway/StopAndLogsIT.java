package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What operators rely on: a stop that ends in time and with the truth, and logs that hold no secrets. */
class StopAndLogsIT {

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String BODY = "{\"groupId\":\"7@g.us\"}";

    @TempDir
    private Path data;

    @Test
    void aStopTellsCallersTheTruthAndEndsInTime() throws InterruptedException {
        TestGateway gateway = TestGateway.start(data);
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        CountDownLatch inside = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("busy");
            ScriptedSession session = gateway.of(instance);
            session.linked(Phase.ONLINE, Instant.now());
            session.leaving((groups, deadline) -> {
                inside.countDown();
                await().atMost(STOP.multipliedBy(2)).until(session::closed);
                return List.of(new Outcome.Unknown<>(Silence.UNKNOWN));
            });
            calls.add(CompletableFuture.supplyAsync(
                    () -> gateway.post(TestGateway.path(instance, "leaveGroup"), BODY), Thread::startVirtualThread));
        }
        inside.await();

        Instant started = Instant.now();
        gateway.gateway().close();
        assertThat(Duration.between(started, Instant.now())).isLessThan(STOP);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.join().statusCode()).isEqualTo(502);
            assertThat(call.join().headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
        });
        gateway.close();
    }

    @Test
    void noTokenIsLogged() {
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("io.greenfinch");
        Level rootBefore = root.getLevel();
        heard.start();
        root.addAppender(heard);
        root.setLevel(Level.INFO);
        own.setLevel(Level.TRACE);
        List<String> tokens;
        try {
            tokens = busyRun();
        } finally {
            root.detachAppender(heard);
            root.setLevel(rootBefore);
            own.setLevel(null);
        }
        List<String> lines = heard.list.stream().map(StopAndLogsIT::line).toList();
        assertThat(lines)
                .as("the run is heard, its failures too")
                .anyMatch(line -> line.contains("created"))
                .anyMatch(line -> line.contains("a fault of the test"));
        assertThat(lines).noneMatch(line -> tokens.stream().anyMatch(line::contains));
    }

    private static String line(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getThreadName() + " " + event.getFormattedMessage() + " " + thrown;
    }

    /** All methods well and badly called, with a failure inside; returns the tokens that were used. */
    private List<String> busyRun() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("busy");
            String partner = gateway.gateway().partnerToken();
            ScriptedSession session = gateway.of(instance);
            session.linked(Phase.ONLINE, Instant.now());
            session.leaving((groups, deadline) -> {
                throw new IllegalStateException("a fault of the test");
            });
            assertThat(gateway.post(TestGateway.path(instance, "leaveGroup"), BODY)
                            .statusCode())
                    .isEqualTo(500);
            for (String method : new String[] {"getSettings", "getStateInstance", "qr", "getWaSettings", "nonsense"}) {
                gateway.get(TestGateway.path(instance, method));
                gateway.post(TestGateway.path(instance, method), "{");
                gateway.get("/waInstance/" + instance.token() + "/" + method + "?" + partner);
            }
            gateway.post(TestGateway.path(instance, "setSettings"), "{\"webhookUrlToken\":\"hush-hush\"}");
            gateway.get("/partner/getInstances/" + partner);
            gateway.get("/partner/" + partner);
            String renewed = new JsonMapper()
                    .readTree(gateway.get(TestGateway.path(instance, "updateApiToken"))
                            .body())
                    .path("apiTokenInstance")
                    .stringValue();
            gateway.post("/partner/deleteInstanceAccount/" + partner, "{\"idInstance\":" + instance.id() + "}");
            return List.of(instance.token(), renewed, partner, "hush-hush");
        }
    }
}
