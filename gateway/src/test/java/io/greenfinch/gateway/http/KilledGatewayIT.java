package io.greenfinch.gateway.http;

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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while a request with an Idempotency-Key is under way: its repeat does nothing twice. */
@Timeout(240)
class KilledGatewayIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int KILLS = 4;

    @TempDir
    private Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(20261128);
    private SimulatedWorld world;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna");
        world.person("Bob", "15550001002");
    }

    @AfterEach
    void stop() {
        world.close();
        http.close();
    }

    /** It was doubled in seven of eight runs. */
    @Test
    void theRepeatOfCreateGroupAnswersWithTheGroupThatIsThere() throws IOException, InterruptedException {
        Gateway.NewInstance anna;
        try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
            anna = gateway.link(world, "Anna");
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            String body = "{\"groupName\":\"Team " + kill + "\",\"chatIds\":[\"15550001002@c.us\"]}";
            String key = "k" + kill;
            int groups = kill;
            world.fault("{\"kind\":\"delay\",\"millis\":20000,\"child\":\"create\",\"processed\":true}");
            try (KilledProcess killed = new KilledProcess(data, world)) {
                var _ = post(http, killed, TestGateway.path(anna, "createGroup"), key, body);
                await().atMost(TIMEOUT).until(() -> world.groups().size() == groups);
            }
            world.clearFaults();
            try (TestGateway gateway = TestGateway.start(data, world, TIMEOUT)) {
                gateway.awaitOnline(anna);
                String id = world.groups().stream()
                        .filter(group -> group.subject().equals("Team " + groups))
                        .findFirst()
                        .orElseThrow()
                        .id();
                String url = gateway.gateway().apiUrl() + TestGateway.path(anna, "createGroup");
                HttpResponse<String> repeated = gateway.send(request(url, key, body));
                assertThat(repeated.body()).contains("\"created\":true", id);
                assertThat(gateway.send(request(url, key, body)).body()).isEqualTo(repeated.body());
            }
            assertThat(world.groups()).hasSize(kill);
        }
    }

    /** It was doubled in seven of twelve runs. */
    @Test
    void theRepeatOfCreateInstanceTellsOfTheInstanceThatIsThere() throws IOException, InterruptedException {
        for (int kill = 1; kill <= KILLS; kill++) {
            String body = "{\"name\":\"shop " + kill + "\"}";
            try (KilledProcess killed = new KilledProcess(data, world)) {
                var _ = post(http, killed, "/partner/createInstance/" + killed.partnerToken(), "k" + kill, body);
                killed.lives(random.nextInt(150));
            }
            try (TestGateway gateway = TestGateway.start(data)) {
                String path = "/partner/createInstance/" + gateway.gateway().partnerToken();
                String url = gateway.gateway().apiUrl() + path;
                String repeated = gateway.send(request(url, "k" + kill, body)).body();
                List<Gateway.InstanceView> instances = gateway.gateway().instances();
                assertThat(instances).hasSize(kill);
                assertThat(repeated)
                        .contains("\"idInstance\":" + instances.getLast().id());
                Set<Long> ids = new HashSet<>();
                instances.forEach(instance -> ids.add(instance.id()));
                assertThat(ids).hasSize(kill);
            }
        }
    }

    private static HttpRequest request(String url, String key, String body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(TIMEOUT)
                .build();
    }

    private static CompletableFuture<HttpResponse<String>> post(
            HttpClient http, KilledProcess killed, String path, String key, String body) {
        return http.sendAsync(request(killed.apiUrl() + path, key, body), HttpResponse.BodyHandlers.ofString());
    }
}
