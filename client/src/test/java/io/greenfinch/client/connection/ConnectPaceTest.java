package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ConnectPaceTest {

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final ConnectPace pace = new ConnectPace(clock, new Random(3));

    @Test
    void aFewComeBackAtOnce() {
        for (int i = 0; i < ConnectPace.AT_ONCE; i++) {
            assertThat(pace.next()).isZero();
        }
        assertThat(pace.next()).isPositive();
    }

    @Test
    void thousandsComeBackAtASteadyRate() {
        Map<Long, Integer> perSecond = new TreeMap<>();
        Duration last = Duration.ZERO;
        for (int i = 0; i < 5000; i++) {
            Duration wait = pace.next();
            perSecond.merge(wait.toSeconds(), 1, Integer::sum);
            last = last.compareTo(wait) > 0 ? last : wait;
        }
        assertThat(perSecond.values()).allMatch(count -> count <= 600);
        assertThat(last).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
    }

    @Test
    void neighboursDoNotStayNeighbours() {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waits.add(pace.next());
        }
        assertThat(waits).isNotEqualTo(waits.stream().sorted().toList());
    }

    @Test
    void quietTimeMakesUpForIt() {
        for (int i = 0; i < 1000; i++) {
            pace.next();
        }
        clock.advance(Duration.ofSeconds(3));
        for (int i = 0; i < ConnectPace.AT_ONCE; i++) {
            assertThat(pace.next()).isZero();
        }
    }

    @Test
    void whatIsLostNowAndThenComesBackAtOnce() {
        for (int i = 0; i < 1000; i++) {
            assertThat(pace.next()).isZero();
            clock.advance(Duration.ofMillis(10));
        }
    }
}
