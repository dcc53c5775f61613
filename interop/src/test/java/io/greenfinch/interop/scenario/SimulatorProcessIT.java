package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.Closed;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.program.AppProcess;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ./greenfinch simulator}, as people use it who test clients of their own. */
@NeedsPeers
class SimulatorProcessIT {

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void linksAClientAndStopsGracefully(PeerKind kind) {
        try (AppProcess app = AppProcess.simulator()) {
            SimulatorAdmin simulator = new SimulatorAdmin(URI.create(app.value("Simulator")));
            assertThat(app.value("Chat")).isEqualTo(simulator.chatUrl());
            assertThat(app.value("Root key")).isEqualTo(simulator.rootKey());

            try (Peer peer = Peer.start(kind, "Bella", simulator)) {
                Person person = peer.link(simulator);
                String group = peer.createGroup("Alone").id();
                assertThat(peer.group(group).roleOf(person)).hasValue("superadmin");

                assertThat(app.stop()).isZero();

                peer.await(Closed.class, event -> event.code() != 515);
            }
        }
    }
}
