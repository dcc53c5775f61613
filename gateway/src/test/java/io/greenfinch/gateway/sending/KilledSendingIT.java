package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.KilledProcess;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment after a message was taken: it arrives, and it arrives once. */
@Timeout(300)
class KilledSendingIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int KILLS = 5;

    @TempDir
    private Path data;

    @Test
    void whatWasTakenArrivesOnce() throws IOException, InterruptedException {
        Random moments = new Random(20261128);
        List<String> texts = new ArrayList<>();
        try (SimulatedWorld world = new SimulatedWorld();
                HttpClient http = HttpClient.newHttpClient()) {
            world.person("Anna", "15550001001");
            world.person("Bob", "15550001002");
            Gateway.NewInstance anna;
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                anna = gateway.link(world, "Anna");
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                try (KilledProcess killed = new KilledProcess(data, world)) {
                    for (int i = 1; i <= 2; i++) {
                        String text = "message " + kill + "." + i;
                        HttpRequest request = HttpRequest.newBuilder(
                                        URI.create(killed.apiUrl() + TestGateway.path(anna, "sendMessage")))
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"chatId\":\"15550001002@c.us\",\"message\":\"" + text + "\"}"))
                                .timeout(TIMEOUT)
                                .build();
                        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                                        .statusCode())
                                .isEqualTo(200);
                        texts.add(text);
                    }
                    killed.lives(moments.nextInt(900));
                }
            }
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> gateway.get(TestGateway.path(anna, "getMessagesCount"))
                                .body()
                                .equals("{\"count\":0}"));
                await().untilAsserted(() -> assertThat(world.seen("Bob").stream()
                                .filter(text -> text.startsWith("message "))
                                .toList())
                        .containsExactlyElementsOf(texts));
            }
        }
    }
}
