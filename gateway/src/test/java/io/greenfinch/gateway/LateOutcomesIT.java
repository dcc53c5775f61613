package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls that are told after twenty seconds that nobody knows whether they were stored, and are stored after that. Each has a gateway of its
 * own, whose database somebody else holds; all wait at the same time.
 */
@Timeout(120)
class LateOutcomesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMED = "{\"name\":\"late\"}";

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Slow> all = new ArrayList<>();

    @TempDir
    private Path data;

    @BeforeEach
    void start() throws SQLException {
        for (int i = 0; i < 4; i++) {
            Path folder = data.resolve("data-" + i);
            TestGateway gateway = TestGateway.start(folder);
            all.add(new Slow(
                    gateway,
                    gateway.gateway().createInstance("test"),
                    DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("greenfinch.db"))));
        }
    }

    @AfterEach
    void stop() throws SQLException {
        for (Slow slow : all) {
            slow.other.close();
            slow.gateway.close();
        }
        callers.shutdownNow();
    }

    @Test
    void whatIsStoredInTheEndIsInEffectAndIsNotDoneTwice() throws SQLException {
        Slow renewed = all.get(0);
        Slow changed = all.get(1);
        Slow deleted = all.get(2);
        Slow made = all.get(3);
        for (Slow slow : all) {
            slow.execute("BEGIN IMMEDIATE");
        }
        List<CompletableFuture<HttpResponse<String>>> calls = List.of(
                unknown(renewed, renewed.path("updateApiToken"), ""),
                unknown(changed, changed.path("setSettings"), "{\"webhookUrl\":\"http://127.0.0.1:9/late\"}"),
                unknown(
                        deleted,
                        deleted.partner("deleteInstanceAccount"),
                        "{\"idInstance\":" + deleted.instance.id() + "}"),
                unknown(made, made.partner("createInstance"), NAMED));
        calls.forEach(CompletableFuture::join);
        CompletableFuture<HttpResponse<String>> again = call(made, made.partner("createInstance"), NAMED);
        await().during(Duration.ofMillis(300)).until(() -> !again.isDone());
        for (Slow slow : all) {
            slow.execute("ROLLBACK");
        }

        await().until(() -> !renewed.token().equals(renewed.instance.token()));
        await().until(() -> renewed.status(renewed.instance.id(), renewed.token()) == 200);
        assertThat(renewed.status(renewed.instance.id(), renewed.instance.token()))
                .isEqualTo(401);

        await().until(() -> changed.get("getSettings").contains("http://127.0.0.1:9/late"));
        await().until(() -> deleted.status(deleted.instance.id(), deleted.instance.token()) == 400);

        JsonNode answer = JSON.readTree(again.join().body());
        await().until(() -> made.status(
                        answer.path("idInstance").longValue(),
                        answer.path("apiTokenInstance").stringValue())
                == 200);
        assertThat(made.gateway.gateway().instances())
                .filteredOn(view -> view.name().equals("late"))
                .hasSize(1);
    }

    /**
     * Calls until nobody knows whether it was stored. What did not get to the database in time is taken back, and was not stored: that is
     * so where something of the gateway's own came before it.
     */
    private CompletableFuture<HttpResponse<String>> unknown(Slow to, String path, String body) {
        return call(to, path, body).thenCompose(answer -> {
            assertThat(answer.statusCode()).isEqualTo(500);
            return answer.body().contains("It is not known yet whether this was stored")
                    ? CompletableFuture.completedFuture(answer)
                    : unknown(to, path, body);
        });
    }

    /** Under the same key each time, where methods know keys. */
    private CompletableFuture<HttpResponse<String>> call(Slow to, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(to.gateway.gateway().apiUrl() + path));
        HttpRequest made = path.contains("updateApiToken")
                ? request.GET().build()
                : request.header("Idempotency-Key", "key")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return CompletableFuture.supplyAsync(() -> to.gateway.send(made), callers);
    }

    /**
     * A gateway with one instance.
     *
     * @param other somebody else's connection to its database
     */
    private record Slow(TestGateway gateway, Gateway.NewInstance instance, Connection other) {

        void execute(String sql) throws SQLException {
            try (Statement statement = other.createStatement()) {
                statement.execute(sql);
            }
        }

        String path(String method) {
            return TestGateway.path(instance, method);
        }

        String partner(String method) {
            return "/partner/" + method + "/" + gateway.gateway().partnerToken();
        }

        String get(String method) {
            return gateway.get(path(method)).body();
        }

        int status(long id, String token) {
            return gateway.get("/waInstance" + id + "/getStateInstance/" + token)
                    .statusCode();
        }

        /** The token that its instance has. */
        String token() {
            return JSON.readTree(gateway.get(partner("getInstances")).body())
                    .valueStream()
                    .map(each -> each.path("apiTokenInstance").stringValue())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
