package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.KilledProcess;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} at any moment after a file was taken: it arrives, whole and once, and nothing is left lying about. */
@Timeout(300)
class KilledFilesIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int KILLS = 5;

    @TempDir
    private Path data;

    @Test
    void whatWasTakenArrivesWholeAndOnce() throws IOException, InterruptedException {
        Random moments = new Random(20261129);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (SimulatedWorld world = new SimulatedWorld();
                HttpClient http = HttpClient.newHttpClient()) {
            world.person("Anna", "15550001001");
            world.person("Bob", "15550001002");
            Gateway.NewInstance anna;
            Gateway.NewInstance bob;
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                anna = gateway.link(world, "Anna");
                bob = gateway.link(world, "Bob");
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                try (KilledProcess killed = new KilledProcess(data, world)) {
                    FileSender sender = new FileSender(http, killed.apiUrl(), anna);
                    for (int i = 1; i <= 2; i++) {
                        byte[] content = new byte[2_000_000 + moments.nextInt(1_000_000)];
                        moments.nextBytes(content);
                        String name = "file " + kill + "." + i + ".pdf";
                        sender.upload(name, content, "");
                        files.put(name, content);
                    }
                    killed.lives(moments.nextInt(1200));
                }
            }
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> gateway.get(TestGateway.path(anna, "getMessagesCount"))
                                .body()
                                .equals("{\"count\":0}"));
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(received(gateway, bob).stream()
                                        .map(item -> item.path("fileName").stringValue()))
                                .containsExactlyElementsOf(files.keySet()));
                FileSender reader =
                        new FileSender(http, gateway.gateway().apiUrl().toString(), bob);
                for (JsonNode item : received(gateway, bob)) {
                    String link = item.path("downloadUrl").stringValue().replaceFirst("http://[^/]*", "");
                    assertThat(reader.fetch(gateway.gateway().apiUrl() + link))
                            .isEqualTo(files.get(item.path("fileName").stringValue()));
                }
                assertThat(entries("uploads")).as("files of requests").isEmpty();
                assertThat(entries("kept")).as("those sent and those received").hasSize(2 * files.size());
            }
        }
    }

    private List<String> entries(String folder) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("files").resolve(folder))) {
            return files.map(Path::toString).toList();
        }
    }

    /** The oldest first. */
    private static List<JsonNode> received(TestGateway gateway, Gateway.NewInstance bob) {
        List<JsonNode> items = new ArrayList<>(new JsonMapper()
                .readTree(gateway.get(TestGateway.path(bob, "lastIncomingMessages"))
                        .body())
                .valueStream()
                .toList());
        return items.reversed();
    }
}
