package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A slow disk is back-pressure: nothing is lost, nothing piles up, nobody takes it for the silence of the other side. */
final class SlowStoreIT extends StanzasScript {

    private static final int STANZAS = 2000;

    /** Places in the order, what one chunk from the socket may bring beyond them, and the unit under way. */
    private static final int BOUND = 400;

    @Test
    void aFloodWhileEachCommitTakesHalfAMinuteCostsNoConnectionAndNoTruth() {
        FakeConnection connection = server();
        fixture.sink.slow(fixture.timers, fixture.clock, Duration.ofSeconds(30));
        for (int i = 0; i < STANZAS; i++) {
            connection.send(addition("n" + i, i + 1, i + 2));
        }
        until(() -> fixture.depth() >= 128);

        Instant asked = fixture.clock.instant();
        CompletableFuture<List<Outcome<Departed>>> leave =
                calling(() -> fixture.session().groups().leave(List.of(group), fixture.soon()));
        pass(Duration.ofSeconds(26), leave);
        assertThat(leave).isDone();
        assertThat(Duration.between(asked, fixture.clock.instant())).isLessThanOrEqualTo(Duration.ofSeconds(26));
        assertThat(leave.join())
                .as("its result waits unread behind the flood")
                .containsExactly(new Outcome.Unknown<>(Silence.UNKNOWN));

        pass(Duration.ofMinutes(3), new CompletableFuture<>());
        assertThat(server()).as("silence is only where we listen").isSameAs(connection);
        assertThat(fixture.session().account().status().online()).isTrue();

        fixture.sink.letPass();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return received(ack("n" + (STANZAS - 1)));
        });
        assertThat(server()).isSameAs(connection);
        CompletableFuture<List<Outcome<Departed>>> again =
                calling(() -> fixture.session().groups().leave(List.of(group), fixture.soon()));
        pass(Duration.ofSeconds(20), again);
        assertThat(again.join()).containsExactly(new Outcome.Done<>(new Departed(false, true)));
    }

    private void pass(Duration time, CompletableFuture<?> until) {
        Instant end = fixture.clock.instant().plus(time);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            assertThat(fixture.depth()).as("what waits in memory").isLessThan(BOUND);
            return until.isDone() || !fixture.clock.instant().isBefore(end);
        });
    }
}
