package io.greenfinch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.KilledProcess;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} at any moment while a history is read: each message is there in the end, once and in its place. */
@Timeout(300)
class KilledHistoryIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int KILLS = 2;
    private static final int CHATS = 10;
    private static final int MESSAGES = 2_000;
    private static final int SEED = 5;

    @TempDir
    private Path data;

    @Test
    void everyMessageIsThereOnce() throws IOException, InterruptedException {
        Random moments = new Random(20261130);
        try (SimulatedWorld world = new SimulatedWorld()) {
            world.person("Anna", "15550001001");
            world.history(
                    "Anna", Map.of("chats", CHATS, "messages", MESSAGES, "chunk", 5_000, "days", 20, "seed", SEED));
            Gateway.NewInstance anna;
            try (TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
                anna = gateway.gateway().createInstance("Anna");
                gateway.post(
                        TestGateway.path(anna, "setSettings"),
                        "{\"incomingWebhook\":\"yes\",\"outgoingMessageWebhook\":\"yes\"}");
                gateway.linkAgain(world, anna, "Anna");
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                try (KilledProcess killed = new KilledProcess(data, world)) {
                    killed.lives(100 + moments.nextInt(500));
                }
            }
            try (TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(gateway.get(TestGateway.path(anna, "getWaSettings"))
                                        .body())
                                .contains("\"historySyncProgress\":100"));
                for (int chat = 0; chat < CHATS; chat++) {
                    int number = chat;
                    assertThat(ids(gateway, anna, chat))
                            .as("chat " + chat)
                            .isEqualTo(IntStream.range(0, MESSAGES)
                                    .mapToObj(message -> "3EB0%08X%08X".formatted(number ^ SEED, message))
                                    .toList());
                }
                assertThat(gateway.get(TestGateway.path(anna, "getWebhooksCount"))
                                .body())
                        .as("notifications")
                        .isEqualTo("{\"count\":0}");
            }
        }
    }

    private static List<String> ids(TestGateway gateway, Gateway.NewInstance anna, int chat) {
        return JSON.readTree(gateway.post(
                                TestGateway.path(anna, "getChatHistory"),
                                "{\"chatId\":\"" + (15_560_000_000L + chat) + "@c.us\",\"count\":10000}")
                        .body())
                .valueStream()
                .map(item -> item.path("idMessage").stringValue())
                .toList();
    }
}
