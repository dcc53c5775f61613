package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LivenessTest {

    private final Instant start = Instant.parse("2026-11-23T08:00:00Z");
    private final Liveness liveness = new Liveness(Duration.ofSeconds(15), Duration.ofSeconds(10), start);

    @Test
    void asksAfterFifteenSecondsOfSilence() {
        assertThat(liveness.look(at(14))).isEqualTo(new Liveness.Step.Wait(at(15)));
        assertThat(liveness.look(at(15))).isEqualTo(new Liveness.Step.Ping(at(25)));
    }

    @Test
    void cutsAfterTenMoreSecondsOfSilence() {
        liveness.look(at(15));
        assertThat(liveness.look(at(24))).isEqualTo(new Liveness.Step.Wait(at(25)));
        assertThat(liveness.look(at(25))).isEqualTo(new Liveness.Step.Cut());
    }

    @Test
    void anyFrameIsASignOfLife() {
        liveness.heard(at(10));
        assertThat(liveness.look(at(15))).isEqualTo(new Liveness.Step.Wait(at(25)));
        assertThat(liveness.look(at(25))).isEqualTo(new Liveness.Step.Ping(at(35)));
        liveness.heard(at(34));
        assertThat(liveness.look(at(35))).isEqualTo(new Liveness.Step.Wait(at(49)));
    }

    @Test
    void aLatePingStillGetsItsTime() {
        assertThat(liveness.look(at(40))).isEqualTo(new Liveness.Step.Ping(at(50)));
        assertThat(liveness.look(at(49))).isEqualTo(new Liveness.Step.Wait(at(50)));
    }

    private Instant at(int second) {
        return start.plusSeconds(second);
    }
}
