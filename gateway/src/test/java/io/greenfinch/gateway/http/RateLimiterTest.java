package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final RateLimiter limiter = new RateLimiter(true, clock);

    @Test
    void theNextCallWithinTheSecondIsRefused() {
        for (int i = 0; i < 10; i++) {
            assertThat(limiter.admits(1, "leaveGroup", 10)).isTrue();
            clock.advance(Duration.ofMillis(99));
        }
        assertThat(limiter.admits(1, "leaveGroup", 10)).isFalse();
    }

    @Test
    void theSecondSlides() {
        assertThat(limiter.admits(1, "qr", 2)).isTrue();
        clock.advance(Duration.ofMillis(600));
        assertThat(limiter.admits(1, "qr", 2)).isTrue();
        clock.advance(Duration.ofMillis(399));
        assertThat(limiter.admits(1, "qr", 2)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.admits(1, "qr", 2)).isTrue();
        assertThat(limiter.admits(1, "qr", 2)).isFalse();
    }

    @Test
    void refusedCallsDoNotCount() {
        assertThat(limiter.admits(1, "qr", 1)).isTrue();
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofMillis(100));
            assertThat(limiter.admits(1, "qr", 1)).isFalse();
        }
        clock.advance(Duration.ofMillis(100));
        assertThat(limiter.admits(1, "qr", 1)).isTrue();
    }

    @Test
    void instancesAndMethodsAreCountedApart() {
        assertThat(limiter.admits(1, "qr", 1)).isTrue();
        assertThat(limiter.admits(2, "qr", 1)).isTrue();
        assertThat(limiter.admits(1, "logout", 1)).isTrue();
        assertThat(limiter.admits(1, "qr", 1)).isFalse();
    }

    @Test
    void aClockSetBackLocksNobodyOut() {
        assertThat(limiter.admits(1, "qr", 1)).isTrue();
        clock.advance(Duration.ofHours(-1));
        assertThat(limiter.admits(1, "qr", 1)).isTrue();
    }

    @Test
    void itCanBeSwitchedOff() {
        RateLimiter off = new RateLimiter(false, clock);
        assertThat(off.admits(1, "qr", 1)).isTrue();
        assertThat(off.admits(1, "qr", 1)).isTrue();
    }
}
