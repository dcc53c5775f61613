package io.greenfinch.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.KilledProcess;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} between the commit of a notification and the answer of its receiver: it comes again, under the same id. */
@Timeout(180)
class KilledWebhookIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    @Test
    void whatWasUnderWayWhenTheProcessWasKilledComesAgain() throws IOException {
        try (SimulatedWorld world = new SimulatedWorld();
                Receiver receiver = new Receiver()) {
            world.person("Anna");
            Gateway.NewInstance anna;
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                anna = gateway.link(world, "Anna");
                gateway.post(
                        TestGateway.path(anna, "setSettings"),
                        "{\"stateWebhook\":\"yes\",\"webhookUrl\":\"" + receiver.url("/") + "\"}");
            }
            receiver.answers(number -> Receiver.SILENCE);
            try (KilledProcess killed = new KilledProcess(data, world)) {
                assertThat(killed.apiUrl()).startsWith("http://");
                world.unlinkAll("Anna");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> receiver.requests().size() == 1);
            }
            receiver.answers(number -> 200);
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                await().until(() -> receiver.requests().size() == 2);
                assertThat(receiver.requests().get(1))
                        .isEqualTo(receiver.requests().get(0));
                assertThat(receiver.requests().get(0).body()).contains("\"stateInstance\":\"notAuthorized\"");
                await().until(() -> gateway.get(TestGateway.path(anna, "getWebhooksCount"))
                        .body()
                        .equals("{\"count\":0}"));
            }
        }
    }
}
