package io.greenfinch.interop.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./greenfinch simulator} and {@code ./greenfinch serve} as two processes. */
class TwoProcessesIT {
    @TempDir
    Path folder;

    private AppProcess simulatorProcess;
    private SimulatorAdmin simulator;

    @BeforeEach
    void startSimulator() {
        simulatorProcess = AppProcess.simulator();
        simulator = new SimulatorAdmin(URI.create(simulatorProcess.value("Simulator")));
    }

    @AfterEach
    void stopSimulator() {
        simulatorProcess.close();
    }

    @Test
    void staysLinkedWhenItIsKilled() {
        Person anna = simulator.createPerson("Anna");
        Person bob = simulator.createPerson("Bob");
        String first = simulator.createGroup("First", "lid", bob.phone(), anna.phone());
        String second = simulator.createGroup("Second", "pn", anna.phone(), bob.phone());
        Path data = folder.resolve("data");
        Gateway instance;
        List<String> devices;

        try (GatewayService gateway = GatewayService.start(data, simulator)) {
            instance = gateway.firstInstance();
            instance.link(simulator, "Anna");
            devices = simulator.devicesOf(anna.phone());
            assertThat(devices).hasSize(1);
            assertThat(leave(instance, first)).isEqualTo(Answer.ok("{\"leaveGroup\":true}"));
            assertThat(simulator.membersOf(first)).containsExactly(bob.phone());
            // A kill in the very moment of the answer would leave the outcome open, and true to be told again.
            assertThat(leave(instance, first)).isEqualTo(Answer.ok("{\"leaveGroup\":false}", "not-a-member"));
            gateway.app().kill();
        }

        try (GatewayService again = GatewayService.start(data, simulator)) {
            Gateway same = instance.at(again.apiUrl());
            same.awaitAuthorized();
            assertThat(same.get("qr").json().get("type").asString()).isEqualTo("alreadyLogged");
            assertThat(again.app().lines()).noneMatch(line -> line.startsWith("idInstance"));
            assertThat(simulator.devicesOf(anna.phone())).isEqualTo(devices);
            assertThat(leave(same, first)).isEqualTo(Answer.ok("{\"leaveGroup\":false}", "not-a-member"));
            assertThat(leave(same, second)).isEqualTo(Answer.ok("{\"removeAdmin\":true}"));
            assertThat(again.app().stop()).isZero();
        }
        assertThat(simulatorProcess.stop()).isZero();
    }

    @Test
    void refusesASecondProcessOnTheSameData() {
        Path data = folder.resolve("data");
        try (GatewayService gateway = GatewayService.start(data, simulator);
                AppProcess second = AppProcess.run(
                        List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"), Map.of())) {
            assertThat(second.awaitExit(AppProcess.START)).isEqualTo(1);
            assertThat(second.errors().lines()).singleElement().asString().contains(data.toString());
            assertThat(gateway.app().stop()).isZero();
        }
    }

    private static Answer leave(Gateway instance, String group) {
        return instance.post("leaveGroup", Map.of("groupId", group));
    }
}
