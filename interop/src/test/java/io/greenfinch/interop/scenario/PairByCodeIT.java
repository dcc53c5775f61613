package io.greenfinch.interop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.GatewayService;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** How Baileys, whatsmeow and our gateway are linked by a code that is typed on the phone. */
@NeedsPeers
class PairByCodeIT {
    private static final String NO_CODE = "11111111";

    private final LateClock clock = new LateClock();
    private Simulator simulator;
    private SimulatorAdmin admin;
    private Person bella;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
        admin = new SimulatorAdmin(simulator.adminUrl());
        bella = admin.createPerson("Bella");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @EnumSource(PeerKind.class)
    void onlyTheRightCodeInTimeLinksAPeer(PeerKind kind) {
        try (Peer peer = Peer.start(kind, "Bella", admin)) {
            onlyTheRightCodeInTimeLinks(() -> peer.pairByCode(bella.phone()));

            assertThat(peer.awaitOpen()).isEqualTo(bella);
        }
    }

    @Test
    void onlyTheRightCodeInTimeLinksOurGateway(@TempDir Path data) {
        try (GatewayService service = GatewayService.start(data, admin)) {
            Gateway gateway = service.firstInstance();
            onlyTheRightCodeInTimeLinks(() -> code(gateway));

            gateway.awaitAuthorized();
        }
    }

    private void onlyTheRightCodeInTimeLinks(Supplier<String> codes) {
        String late = codes.get();
        assertThat(admin.enterCode(bella.phone(), NO_CODE)).as("a wrong code").isEqualTo(403);
        clock.forward(Duration.ofMinutes(3));
        assertThat(admin.enterCode(bella.phone(), late)).as("an expired code").isEqualTo(404);
        assertThat(admin.devicesOf(bella.phone())).isEmpty();

        assertThat(admin.enterCode(bella.phone(), codes.get())).as("a new code").isEqualTo(200);
    }

    private String code(Gateway gateway) {
        JsonNode answer = gateway.post("getAuthorizationCode", Map.of("phoneNumber", Long.parseLong(bella.phone())))
                .json();
        assertThat(answer.get("status").asBoolean()).as(answer.toString()).isTrue();
        return answer.get("code").asString();
    }

    /** The time of day, put forward as a test wants it. */
    private static final class LateClock extends Clock {
        private final AtomicReference<Duration> late = new AtomicReference<>(Duration.ZERO);

        void forward(Duration more) {
            late.updateAndGet(before -> before.plus(more));
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(late.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a late clock has no other zones");
        }
    }
}
