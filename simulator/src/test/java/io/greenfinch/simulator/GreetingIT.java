package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.noise.ServerKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How connections begin when the client remembers an earlier one (specification §1.4, §2.4). */
class GreetingIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void whoKnowsTheServersKeyResumes() {
        TestSocket socket = anna.resume(serverKey(), new byte[0]);
        socket.await(node -> node.tag().equals("success"));

        assertThat(socket.isAlive()).isTrue();
        assertThat(shown()).contains("\"resumed\":true", "\"routed\":false");
    }

    @Test
    void whoKnowsAnotherKeyFallsBack() {
        TestSocket socket = anna.resume(otherKey(), new byte[0]);
        socket.await(node -> node.tag().equals("success"));

        assertThat(socket.isAlive()).isTrue();
        assertThat(shown()).contains("\"resumed\":false");
    }

    @Test
    void resumingCanBeTurnedOff() {
        ServerKey known = serverKey();
        assertThat(admin.done("/admin/settings", "{\"resuming\":false}").toString())
                .contains("\"resuming\":false");
        anna.resume(known, new byte[0]).await(node -> node.tag().equals("success"));

        assertThat(shown()).contains("\"resumed\":false");
    }

    @Test
    void routingInformationIsToldOnceAndTakenAtTheNextConnect() {
        byte[] told = routing(anna.logIn());
        TestSocket routed = anna.resume(serverKey(), told);
        routed.await(node -> node.tag().equals("success"));
        assertThat(routed.isAlive()).isTrue();

        assertThat(routed.all()).noneMatch(node -> node.child("edge_routing").isPresent());
        assertThat(shown()).contains("\"routed\":true");
        assertThat(routing(anna.resume(serverKey(), new byte[] {9})))
                .as("who was told something else is told anew")
                .isEqualTo(told);
    }

    private static byte[] routing(TestSocket socket) {
        Node told = socket.await(node -> node.child("edge_routing").isPresent());
        return told.child("edge_routing")
                .orElseThrow()
                .child("routing_info")
                .orElseThrow()
                .content();
    }

    private String shown() {
        return admin.get("/admin/people/Anna").text();
    }

    /** The server's key as a full handshake shows it. */
    private ServerKey serverKey() {
        return anna.logIn().server();
    }

    private ServerKey otherKey() {
        ServerKey key = serverKey();
        byte[] other = KeyPair.generate(anna.random).publicKey();
        return new ServerKey(other, key.rootKey(), key.notBefore(), key.notAfter());
    }
}
