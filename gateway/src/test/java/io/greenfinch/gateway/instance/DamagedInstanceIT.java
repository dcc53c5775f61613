package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
                .isEqualTo("{\"stateInstance\":\"starting\"}");
        assertThat(gateway.post(TestGateway.path(anna, "leaveGroup"), body()).statusCode())
                .isEqualTo(400);
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
