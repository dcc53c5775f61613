package io.greenfinch.gateway.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BellsTest {

    private final Bells bells = new Bells();

    /** Somebody who waits again and again under one bell hears each ring, and what nobody awaits any more is let go. */
    @Test
    void oneBellServesManyWaits() {
        try (Bells.Bell bell = bells.hang(1).orElseThrow()) {
            CompletableFuture<Boolean> first = bell.rung();
            CompletableFuture<Boolean> second = bell.rung();

            bells.ring(1);

            assertThat(first).as("given up").isNotDone();
            assertThat(second).isCompletedWithValue(true);
            assertThat(bell.rung()).as("rung between two waits").isCompletedWithValue(true);
        }
    }

    @Test
    void ringsForItsOwnInstanceOnly() {
        try (Bells.Bell bell = bells.hang(1).orElseThrow()) {
            CompletableFuture<Boolean> rung = bell.rung();

            bells.ring(2);

            assertThat(rung).isNotDone();
        }
    }

    @Test
    void whoHangsOneUpAfterTheEndIsSentAway() {
        Bells.Bell before = bells.hang(1).orElseThrow();
        CompletableFuture<Boolean> rung = before.rung();

        bells.close();

        assertThat(rung).isCompletedWithValue(false);
        assertThat(bells.hang(1).orElseThrow().rung()).isCompletedWithValue(false);
    }
}
