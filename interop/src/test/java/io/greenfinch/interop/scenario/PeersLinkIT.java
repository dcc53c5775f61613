package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.Closed;
import io.greenfinch.interop.peer.PeerEvent.Kind;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How Baileys and whatsmeow are linked to accounts of the simulator, and unlinked. */
@NeedsPeers
class PeersLinkIT {
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
    void isUnlinkedByItsPhone(PeerKind kind) {
        try (Peer peer = Peer.start(kind, "Bella", admin)) {
            Person person = peer.link(admin);

            admin.unlinkDevicesOf(person.phone());

            peer.await(Closed.class, event -> event.code() == 401);
        }
    }

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void acceptsAnAccountWhoseKeysAreHeldByABusinessHost(PeerKind kind) {
        admin.createHosted("Shop");
        try (Peer peer = Peer.start(kind, "Shop", admin)) {
            Person shop = peer.link(admin);

            assertThat(admin.devicesOf(shop.phone())).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void logsItselfOut(PeerKind kind) {
        try (Peer peer = Peer.start(kind, "Bella", admin)) {
            Person person = peer.link(admin);
            assertThat(admin.devicesOf(person.phone())).hasSize(1);

            peer.logout();

            await().untilAsserted(
                            () -> assertThat(admin.devicesOf(person.phone())).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void linksAnotherDeviceOfTheSameAccountThatSeesTheSame(PeerKind kind) {
        try (Peer creator = Peer.start(PeerKind.WHATSMEOW, "Walter", admin);
                Peer one = Peer.start(kind, "Bella", admin);
                Peer two = Peer.start(kind, "Bella", admin)) {
            creator.link(admin);
            Person person = one.link(admin);
            assertThat(two.link(admin)).isEqualTo(person);
            assertThat(admin.devicesOf(person.phone())).hasSize(2);
            String group = creator.createGroup("Twins", person.pn()).id();

            one.leave(group);

            for (Peer device : new Peer[] {one, two}) {
                new Actor(device, person).awaitChange(group, Kind.LEAVE, person, person);
            }
        }
    }
}
