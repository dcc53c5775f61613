package io.greenfinch.client.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {

    private final SteppedClock wall = SteppedClock.atSomeTime();
    private final Instant start = wall.instant();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final SteadyClock clock = new SteadyClock(wall, nanos::get);

    @Test
    void itGoesAsTheCounterDoesWhateverTheTimeOfDayIsSetTo() {
        assertThat(clock.instant()).isEqualTo(start);
        wall.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(start);
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(1));
    }

    @Test
    void theTimeOfDayIsBesideIt() {
        wall.advance(Duration.ofHours(-1));

        assertThat(SteadyClock.wall(clock)).isSameAs(wall);
        assertThat(SteadyClock.wall(wall)).isSameAs(wall);
    }
}
