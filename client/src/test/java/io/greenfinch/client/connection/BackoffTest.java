package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    @Test
    void theFirstAttemptComesAtOnce() {
        assertThat(new Backoff(new Random(1)).next()).isEqualTo(Duration.ZERO);
    }

    @Test
    void waitsGrowToAMinuteAndAreShortenedAtRandomByUpToHalf() {
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = new Backoff(new Random(seed));
            backoff.next();
            for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
                assertThat(backoff.next()).isBetween(Duration.ofMillis(seconds * 500L), Duration.ofSeconds(seconds));
            }
        }
    }

    @Test
    void aPatientOneBeginsWithAMinuteAndGoesUpToAnHour() {
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = Backoff.patient(new Random(seed));
            for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
                assertThat(backoff.next()).isBetween(Duration.ofSeconds(minutes * 30L), Duration.ofMinutes(minutes));
            }
            backoff.reset();
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void sessionsDoNotComeBackAtTheSameMoment() {
        List<Duration> waits = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            Backoff backoff = new Backoff(random);
            backoff.next();
            backoff.next();
            waits.add(backoff.next());
        }
        assertThat(waits.stream().distinct().count()).isGreaterThan(80);
    }

    @Test
    void whoWaitsDoesNotWaitLong() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(backoff.nextWanted()).isEqualTo(Duration.ZERO);
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.nextWanted()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
        }
        assertThat(backoff.next()).as("the others wait on").isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void successStartsAnew() {
        Backoff backoff = new Backoff(new Random(1));
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ZERO);
    }

    @Test
    void anyNumberOfFailuresStaysAMinute() {
        Backoff backoff = new Backoff(new Random(1));
        for (int i = 0; i < 10_000; i++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        }
    }
}
