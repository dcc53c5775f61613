package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A media host that takes nothing for a while keeps nobody else waiting. */
@Timeout(120)
class StuckFilesIT {

    @TempDir
    private Path data;

    @Test
    void aFileThatCanNotBeStoredDelaysNoOtherChat() throws IOException {
        try (SimulatedWorld world = new SimulatedWorld();
                MediaFront front = new MediaFront(world.adminUrl());
                HttpClient http = HttpClient.newHttpClient()) {
            world.person("Anna", "15550001001");
            world.person("Bob", "15550001002");
            world.person("Carol", "15550001003");
            front.away = true;
            try (TestGateway gateway = TestGateway.start(
                    data, world, world.clientSettings().withMediaUrl(front.url()), Duration.ofSeconds(20))) {
                Gateway.NewInstance anna = gateway.link(world, "Anna");
                FileSender sender =
                        new FileSender(http, gateway.gateway().apiUrl().toString(), anna);
                String first = sender.upload("first.pdf", new byte[1000], "")
                        .path("idMessage")
                        .stringValue();
                text(gateway, anna, "15550001002", "second");
                for (int i = 0; i < 40; i++) { // more than is looked at together
                    text(gateway, anna, "15550001002", "and " + i);
                }
                assertThat(gateway.post(
                                        TestGateway.path(anna, "forwardMessages"),
                                        "{\"chatId\":\"15550001003@c.us\",\"chatIdFrom\":\"15550001002@c.us\","
                                                + "\"messages\":[\"" + first + "\"]}")
                                .body())
                        .as("a file that nobody has yet")
                        .contains("has not been sent");
                gateway.post(
                        TestGateway.path(anna, "sendMessage"),
                        "{\"chatId\":\"15550001003@c.us\",\"message\":\"to Carol\",\"typingTime\":1000}");
                await().untilAsserted(() -> assertThat(world.seen("Carol")).contains("to Carol"));
                assertThat(world.seen("Bob"))
                        .as("in a chat they keep their order")
                        .isEmpty();

                front.away = false;
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(world.seen("Bob")).contains("second", "and 0"));
                List<String> seen = world.seen("Bob");
                assertThat(seen.getFirst()).as("the file").contains("first.pdf");
                assertThat(seen.subList(1, 3)).containsExactly("second", "and 0");
            }
        }
    }

    private static void text(TestGateway gateway, Gateway.NewInstance anna, String phone, String text) {
        gateway.post(
                TestGateway.path(anna, "sendMessage"),
                "{\"chatId\":\"" + phone + "@c.us\",\"message\":\"" + text + "\"}");
    }
}
