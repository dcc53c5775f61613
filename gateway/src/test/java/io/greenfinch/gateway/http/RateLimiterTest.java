package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final RateLimiter limiter = new RateLimiter(true, clock);

    @Test
    void theNextCallWithinTheSecondIsRefused() {
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.admits(1, "leaveGroup", 10, SECOND)).isTrue();
            clock.advance(Duration.ofMillis(99));
        }
        assertThat(limiter.admits(1, "leaveGroup", 10, SECOND)).isFalse();
    }

    @Test
    void theSecondSlides() {
        assertThat(limiter.admits(1, "qr", 2, SECOND)).isTrue();
        clock.advance(Duration.ofMillis(600));
        assertThat(limiter.admits(1, "qr", 2, SECOND)).isTrue();
        clock.advance(Duration.ofMillis(399));
        assertThat(limiter.admits(1, "qr", 2, SECOND)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.admits(1, "qr", 2, SECOND)).isTrue();
        assertThat(limiter.admits(1, "qr", 2, SECOND)).isFalse();
    }

    @Test
    void refusedCallsDoNotCount() {
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isTrue();
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofMillis(100));
            assertThat(limiter.admits(1, "qr", 1, SECOND)).isFalse();
        }
        clock.advance(Duration.ofMillis(100));
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isTrue();
    }

    @Test
    void instancesAndMethodsAreCountedApart() {
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isTrue();
        assertThat(limiter.admits(2, "qr", 1, SECOND)).isTrue();
        assertThat(limiter.admits(1, "logout", 1, SECOND)).isTrue();
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isFalse();
    }

    @Test
    void aClockSetBackLocksNobodyOut() {
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isTrue();
        clock.advance(Duration.ofHours(-1));
        assertThat(limiter.admits(1, "qr", 1, SECOND)).isTrue();
    }

    @Test
    void itCanBeSwitchedOff() {
        RateLimiter off = new RateLimiter(false, clock);
        assertThat(off.admits(1, "qr", 1, SECOND)).isTrue();
        assertThat(off.admits(1, "qr", 1, SECOND)).isTrue();
    }
}
