package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.History;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Baileys and whatsmeow are told the history of a simulated phone (specification §22). */
@NeedsPeers
class PeersHistoryIT {
    private Simulator simulator;
    private SimulatorAdmin admin;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        admin = new SimulatorAdmin(simulator.adminUrl());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void getsWhatThePhoneReadAndWroteBefore(PeerKind kind) {
        Person bella = admin.createPerson("Bella");
        Person bob = admin.createPerson("Bob");
        String team = admin.createGroup("Team", "lid", bob.phone(), bella.phone());
        admin.history(bella.phone(), Map.of("chats", 3, "messages", 20, "chunk", 15));
        List<String> written = List.of(
                admin.write(bob.phone(), bella.phone(), "Hi"),
                admin.write(bella.phone(), bob.phone(), "Ho"),
                admin.write(bob.phone(), team, "All"));
        try (Peer peer = Peer.startWithHistory(kind, "Bella", admin)) {
            peer.link(admin);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                List<History> told = peer.seen(History.class);
                List<String> messages =
                        told.stream().flatMap(part -> part.messages().stream()).toList();
                assertThat(messages)
                        .containsAll(written)
                        .doesNotHaveDuplicates()
                        .hasSize(63);
                assertThat(told.getFirst().chats()).isEqualTo(5);
            });
        }
    }
}
