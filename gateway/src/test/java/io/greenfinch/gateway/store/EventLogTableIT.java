package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The log of events, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class EventLogTableIT {

    private static final long ID = 1_101_000_001L;

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private TestDatabase test;

    EventLogTableIT(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.of(kind, data);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void theLogKeepsADayAndSoManyBytes() {
        for (int i = 0; i < 300; i++) {
            enter("e" + i, 1000);
        }
        List<EventLogTable.Entry> all = log().after(ID, 0, 1000);
        assertThat(all).extracting(EventLogTable.Entry::position).isSorted();
        assertThat(all.getLast().eventId()).isEqualTo("e299");
        assertThat(all.getLast().position() - all.getFirst().position())
                .as("100,000 bytes, and a step")
                .isBetween(100_000L, 100_000L + (64 << 10));
        assertThat(log().after(ID, all.get(5).position(), 2))
                .extracting(EventLogTable.Entry::eventId)
                .containsExactly(all.get(6).eventId(), all.get(7).eventId());
        assertThat(log().after(ID + 1, 0, 10)).isEmpty();

        clock.advance(EventLogTable.LIFE);
        assertThat(log().after(ID, 0, 10)).isEmpty();
        assertThat(log().sweep(10)).isEqualTo(10);
        while (log().sweep(100) > 0) {
            assertThat(log().after(ID, 0, 10)).isEmpty();
        }
        long end = all.getLast().position();
        enter("later", 10);
        assertThat(log().after(ID, end, 10))
                .extracting(EventLogTable.Entry::eventId)
                .containsExactly("later");
    }

    private void enter(String event, int size) {
        test.database()
                .writeNow(log().add(ID, event, "x", new byte[size], clock.instant(), List.of())
                        .work());
    }

    private EventLogTable log() {
        return new EventLogTable(test.database(), test.vault(), clock, 100_000);
    }
}
