package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** createGroup repeated under one Idempotency-Key, whatever has happened in between (design §6). */
@Timeout(120)
class CreateGroupAgainIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna");
        world.person("Bob", "15550001002");
        world.person("Carol");
        gateway = TestGateway.start(data, world, TIMEOUT);
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void anotherAccountDoesNotHearTheAnswerOfTheFirst() {
        String first = create("k").body();
        assertThat(create("k").body()).isEqualTo(first);
        world.unlinkAll("Anna");
        await().atMost(TIMEOUT).until(() -> state().contains("notAuthorized"));
        gateway.linkAgain(world, anna, "Carol");

        assertThat(create("k").body()).contains("\"created\":true").isNotEqualTo(first);
        assertThat(world.groups()).hasSize(2);
    }

    /** As if the process had died between the work and the keeping of its answer. */
    @Test
    void aGroupWhoseAnswerWasNotKeptIsFoundAgain() throws SQLException {
        HttpResponse<String> first = create("other");
        execute("CREATE TRIGGER dies BEFORE INSERT ON kept_answer WHEN NEW.status = 200 "
                + "BEGIN SELECT RAISE(FAIL, 'dies'); END");
        HttpResponse<String> second = create("k");
        execute("DROP TRIGGER dies");
        assertThat(second.body()).contains("\"created\":true").isNotEqualTo(first.body());
        restart();

        HttpResponse<String> repeated = create("k");
        assertThat(repeated.body()).isEqualTo(second.body());
        assertThat(repeated.headers().firstValue("Greenfinch-Reason")).isEmpty();
        assertThat(create("k").body()).isEqualTo(second.body());
        assertThat(create("other").body()).isEqualTo(first.body());
        assertThat(world.groups()).hasSize(2);
    }

    @Test
    void withoutAnIntentNothingIsSent() throws SQLException {
        execute("CREATE TRIGGER full BEFORE INSERT ON kept_answer BEGIN SELECT RAISE(FAIL, 'full'); END");
        assertThat(create("k").statusCode()).isEqualTo(500);
        assertThat(world.groups()).isEmpty();
        execute("DROP TRIGGER full");
        assertThat(create("k").statusCode()).isEqualTo(200);
        assertThat(world.groups()).hasSize(1);
    }

    private void restart() {
        gateway.close();
        gateway = TestGateway.start(data, world, TIMEOUT);
        gateway.awaitOnline(anna);
    }

    private void execute(String sql) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = file.createStatement()) {
            statement.execute(sql);
        }
    }

    private String state() {
        return gateway.get(TestGateway.path(anna, "getStateInstance")).body();
    }

    private HttpResponse<String> create(String key) {
        return gateway.send(HttpRequest.newBuilder()
                .uri(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, "createGroup")))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"groupName\":\"Team\",\"chatIds\":[\"15550001002@c.us\"]}"))
                .build());
    }
}
