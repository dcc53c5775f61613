package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LivenessTest {

    private final Instant start = Instant.parse("2026-11-23T08:00:00Z");
    private final Liveness liveness = new Liveness(Duration.ofSeconds(15), Duration.ofSeconds(10), start);

    @Test
    void asksAfterFifteenSecondsOfSilence() {
        assertThat(look(14)).isEqualTo(new Liveness.Step.Wait(at(15)));
        assertThat(look(15)).isEqualTo(new Liveness.Step.Ping(at(25)));
    }

    @Test
    void cutsAfterTenMoreSecondsOfSilence() {
        look(15);
        assertThat(look(24)).isEqualTo(new Liveness.Step.Wait(at(25)));
        assertThat(look(25)).isEqualTo(new Liveness.Step.Cut());
    }

    @Test
    void anyFrameIsASignOfLife() {
        liveness.heard(at(10));
        assertThat(look(15)).isEqualTo(new Liveness.Step.Wait(at(25)));
        assertThat(look(25)).isEqualTo(new Liveness.Step.Ping(at(35)));
        liveness.heard(at(34));
        assertThat(look(35)).isEqualTo(new Liveness.Step.Wait(at(49)));
    }

    @Test
    void aLatePingStillGetsItsTime() {
        assertThat(look(40)).isEqualTo(new Liveness.Step.Ping(at(50)));
        assertThat(look(49)).isEqualTo(new Liveness.Step.Wait(at(50)));
    }

    @Test
    void asksAfterThreeSecondsOfSilenceWhileARequestWaits() {
        assertThat(liveness.look(at(2), Optional.of(at(2)))).isEqualTo(new Liveness.Step.Wait(at(5)));
        liveness.heard(at(4));
        assertThat(liveness.look(at(5), Optional.of(at(2)))).isEqualTo(new Liveness.Step.Wait(at(7)));
        assertThat(liveness.look(at(7), Optional.of(at(2)))).isEqualTo(new Liveness.Step.Ping(at(17)));
        assertThat(liveness.look(at(17), Optional.of(at(2)))).isEqualTo(new Liveness.Step.Cut());
    }

    @Test
    void aRequestPutsNoPingOff() {
        assertThat(liveness.look(at(13), Optional.of(at(13)))).isEqualTo(new Liveness.Step.Wait(at(15)));
    }

    @Test
    void manyAreLookedAtTogether() {
        Liveness.Step quarter = new Liveness.Step.Wait(at(15).plusMillis(250));
        for (long nanos : new long[] {1, 1_000_000, 249_000_001, 250_000_000}) {
            Instant begun = start.plusNanos(nanos);
            Liveness other = new Liveness(Duration.ofSeconds(15), Duration.ofSeconds(10), begun);
            assertThat(other.look(begun, Optional.empty())).isEqualTo(quarter);
            assertThat(other.look(at(15).plusMillis(250), Optional.empty()))
                    .isEqualTo(new Liveness.Step.Ping(at(25).plusMillis(250)));
        }
    }

    private Liveness.Step look(int second) {
        return liveness.look(at(second), Optional.empty());
    }

    private Instant at(int second) {
        return start.plusSeconds(second);
    }
}
