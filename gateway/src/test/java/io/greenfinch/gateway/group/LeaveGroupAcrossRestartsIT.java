package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway knows after it was stopped and started again. */
class LeaveGroupAcrossRestartsIT {

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        for (String name : new String[] {"Anna", "Bob", "Carol"}) {
            world.person(name);
        }
        gateway = TestGateway.start(data, world, Duration.ofSeconds(2));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    private void restart() {
        gateway.close();
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
    }

    @Test
    void aLinkedInstanceComesOnlineByItself() {
        restart();

        gateway.awaitOnline(anna);
        assertThat(gateway.get(TestGateway.path(anna, "getStateInstance")).body())
                .isEqualTo("{\"stateInstance\":\"authorized\"}");
    }

    @Test
    void aCallRightAfterTheStartWaitsForTheConnection() {
        String group = world.group("Team", "Bob", "Anna,Carol", ",\"admins\":[\"Anna\"]");
        restart();

        assertThat(leave(group).body()).isEqualTo("{\"removeAdmin\":true}");
    }

    @Test
    void aLeaveOfUnknownOutcomeIsToldAfterTheRestart() {
        String group = world.group("Team", "Bob", "Anna,Carol", ",\"admins\":[\"Anna\"]");
        world.fault("{\"kind\":\"half-open\",\"processed\":true,\"xmlns\":\"w:g2\",\"child\":\"leave\"}");
        HttpResponse<String> unknown = leave(group);
        assertThat(unknown.statusCode()).isEqualTo(502);
        assertThat(unknown.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
        world.clearFaults();
        restart();

        HttpResponse<String> repeated = leave(group);
        assertThat(repeated.body()).isEqualTo("{\"removeAdmin\":true}");
        assertThat(repeated.headers().firstValue("Greenfinch-Reason")).hasValue("left-earlier");
        assertThat(leave(group).headers().firstValue("Greenfinch-Reason")).hasValue("not-a-member");
    }

    @Test
    void aLeaveThatWasToldIsNotToldAgain() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        assertThat(leave(group).body()).isEqualTo("{\"leaveGroup\":true}");
        restart();

        HttpResponse<String> repeated = leave(group);
        assertThat(repeated.body()).isEqualTo("{\"leaveGroup\":false}");
        assertThat(repeated.headers().firstValue("Greenfinch-Reason")).hasValue("not-a-member");
    }

    @Test
    void whatChangedWhileItWasDownIsKnown() {
        String left = world.group("Left", "Bob", "Anna,Carol", "");
        String promoted = world.group("Promoted", "Bob", "Anna,Carol", "");
        gateway.close();
        world.act(left, "Bob", "remove", "Anna");
        world.act(promoted, "Bob", "promote", "Anna");
        restart();

        assertThat(leave(left).body()).isEqualTo("{\"leaveGroup\":false}");
        assertThat(leave(promoted).body()).isEqualTo("{\"removeAdmin\":true}");
    }

    @Test
    void anInstanceUnlinkedWhileItWasDownIsNotAuthorized() {
        gateway.close();
        world.unlinkAll("Anna");
        restart();

        await().until(() -> gateway.get(TestGateway.path(anna, "getStateInstance"))
                .body()
                .equals("{\"stateInstance\":\"notAuthorized\"}"));
    }

    private HttpResponse<String> leave(String group) {
        return gateway.post(TestGateway.path(anna, "leaveGroup"), "{\"groupId\":\"" + group + "\"}");
    }
}
