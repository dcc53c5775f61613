package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of one instance is damaged: that instance says so, the others do not notice. */
class DamagedInstanceIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private Gateway.NewInstance bob;
    private String group;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        for (String name : new String[] {"Anna", "Bob", "Carol"}) {
            world.person(name);
        }
        group = world.group("Team", "Carol", "Anna,Bob", "");
        gateway = TestGateway.start(data, world, TIMEOUT);
        anna = gateway.link(world, "Anna");
        bob = gateway.link(world, "Bob");
        gateway.close();
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void credentialsThatDoNotOpen() throws SQLException {
        damage("CREDENTIALS", anna);
        gateway = TestGateway.start(data, world, TIMEOUT);

        gateway.awaitOnline(bob);
        assertThat(leave(bob)).isEqualTo("{\"leaveGroup\":true}");
        assertThat(gateway.get(TestGateway.path(anna, "getStateInstance")).body())
                .isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        HttpResponse<String> leave = gateway.post(TestGateway.path(anna, "leaveGroup"), body());
        assertThat(leave.statusCode()).isEqualTo(400);
        assertThat(leave.body()).contains("not authorized");
        assertThat(gateway.get(TestGateway.path(anna, "qr")).body())
                .isEqualTo("{\"type\":\"error\",\"message\":\"What is stored of this instance can't be read\"}");
        HttpResponse<String> code =
                gateway.post(TestGateway.path(anna, "getAuthorizationCode"), "{\"phoneNumber\":15550001001}");
        assertThat(code.body()).isEqualTo("{\"status\":false,\"code\":\"\"}");
        assertThat(code.headers().firstValue("Greenfinch-Reason")).hasValue("damaged");
        assertThat(world.members(group)).as("nothing was done for it").contains("Anna");
        assertThat(gateway.send(
                                "GET",
                                "/partner/getInstances/" + gateway.gateway().partnerToken(),
                                "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aGroupThatCanNotBeReadIsFetchedAgain() throws SQLException {
        damage("GROUP", anna);
        gateway = TestGateway.start(data, world, TIMEOUT);

        gateway.awaitOnline(anna);
        assertThat(leave(anna)).isEqualTo("{\"leaveGroup\":true}");
        assertThat(leave(bob)).isEqualTo("{\"leaveGroup\":true}");
    }

    /** Nothing behind such a message was ever told. */
    @Test
    void signalSessionsThatDoNotOpenAreBegunAnew() throws SQLException {
        damage("SESSION", anna);
        gateway = TestGateway.start(data, world, TIMEOUT);

        gateway.awaitOnline(anna);
        world.says("Anna", "Carol", "From my phone");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(gateway.get(TestGateway.path(anna, "lastOutgoingMessages"))
                                .body())
                        .contains("From my phone"));
    }

    /** The whole gateway did not start. */
    @Test
    void settingsThatDoNotOpen() throws SQLException {
        damageColumn("settings_sealed", anna);
        gateway = TestGateway.start(data, world, TIMEOUT);

        gateway.awaitOnline(bob);
        assertThat(leave(bob)).isEqualTo("{\"leaveGroup\":true}");
        assertThat(gateway.get(TestGateway.path(anna, "getSettings")).statusCode())
                .isEqualTo(500);
        assertThat(gateway.get(TestGateway.path(anna, "getStateInstance"))
                        .headers()
                        .firstValue("Greenfinch-Reason"))
                .as("it is not passing")
                .hasValue("damaged");
        assertThat(gateway.get(TestGateway.path(anna, "getStateInstance")).body())
                .isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        String deletion = "/partner/deleteInstanceAccount/" + gateway.gateway().partnerToken();
        assertThat(gateway.post(deletion, "{\"idInstance\":" + anna.id() + "}").body())
                .contains("true");
    }

    /** No instance was listed any more. */
    @Test
    void aTokenThatDoesNotOpen() throws SQLException {
        damageColumn("token_sealed", anna);
        gateway = TestGateway.start(data, world, TIMEOUT);

        assertThat(gateway.get("/partner/getInstances/" + gateway.gateway().partnerToken())
                        .body())
                .contains(bob.token())
                .contains("\"idInstance\":" + anna.id())
                .contains("\"apiTokenInstance\":\"\"");
        gateway.awaitOnline(anna);
    }

    @Test
    void historyThatDoesNotOpen() throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                PreparedStatement statement =
                        file.prepareStatement("UPDATE state_history SET phone_sealed = x'00' WHERE instance = ?")) {
            statement.setLong(1, anna.id());
            assertThat(statement.executeUpdate()).isPositive();
        }
        gateway = TestGateway.start(data, world, TIMEOUT);

        assertThat(gateway.get(TestGateway.path(anna, "getStateInstanceHistory"))
                        .body())
                .contains("authorized");
        assertThat(gateway.get(TestGateway.path(bob, "getStateInstanceHistory")).body())
                .contains("authorized");
    }

    /** It was {@code starting} for ever. */
    @Test
    void anInstanceThatSomebodyElseHasTakenOver() throws SQLException {
        gateway = TestGateway.start(data, world, TIMEOUT);
        gateway.awaitOnline(anna);
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = file.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE session_owner SET epoch = epoch + 1 WHERE instance = " + anna.id()))
                    .isEqualTo(1);
        }
        assertThat(leave(bob)).isEqualTo("{\"leaveGroup\":true}"); // of which the session of Anna is told, too

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(gateway.get(TestGateway.path(anna, "getStateInstance"))
                                .headers()
                                .firstValue("Greenfinch-Reason"))
                        .hasValue("owner-changed"));
        assertThat(gateway.get(TestGateway.path(anna, "getStateInstance")).body())
                .isEqualTo("{\"stateInstance\":\"notAuthorized\"}");
        assertThat(gateway.get(TestGateway.path(anna, "qr")).body())
                .contains("Another process has taken over this instance");
    }

    private void damageColumn(String column, Gateway.NewInstance instance) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                PreparedStatement statement =
                        file.prepareStatement("UPDATE instance SET " + column + " = x'00' WHERE id = ?")) {
            statement.setLong(1, instance.id());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private void damage(String kind, Gateway.NewInstance instance) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                PreparedStatement statement = file.prepareStatement(
                        "UPDATE session_state SET value = ? WHERE instance = ? AND upper(kind) = ?")) {
            statement.setBytes(1, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
            statement.setLong(2, instance.id());
            statement.setString(3, kind);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    private String leave(Gateway.NewInstance instance) {
        return gateway.post(TestGateway.path(instance, "leaveGroup"), body()).body();
    }

    private String body() {
        return "{\"groupId\":\"" + group + "\"}";
    }
}
