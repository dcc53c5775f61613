package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.OutboxTable.Bounds;
import io.greenfinch.gateway.store.OutboxTable.Filling;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The outbox, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class OutboxTableIT {

    private static final long ID = 1_101_000_001L;

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<Filling> seen = new ArrayList<>();
    private TestDatabase test;

    OutboxTableIT(TestDatabase.Kind kind) {
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
    void notificationsComeInTheirOrderUntilTheyAreRemoved() {
        add(ID, "a");
        add(ID, "b");
        add(ID + 1, "other");
        test.reopen();

        Waiting first = outbox().first(ID).orElseThrow();
        assertThat(text(first)).isEqualTo("body of a");
        assertThat(outbox().first(ID)).map(Waiting::receipt).hasValue(first.receipt());
        assertThat(outbox().remove(ID, first.receipt())).isTrue();
        assertThat(outbox().remove(ID, first.receipt())).isFalse();
        assertThat(outbox().first(ID)).map(OutboxTableIT::text).hasValue("body of b");
        assertThat(outbox().count(ID)).isEqualTo(1);
        assertThat(outbox().waiting()).containsExactlyInAnyOrder(ID, ID + 1);
        assertThat(outbox().countAll()).isEqualTo(2);
    }

    @Test
    void anEventIsInTheOutboxOnceAndInTheLogOnce() {
        add(ID, "a");
        add(ID, "a");
        assertThat(outbox().count(ID)).isEqualTo(1);

        Row row = log().add(ID, "b", "notification", bytes("b"), clock.instant(), List.of(row(ID, "b")));
        test.database().writeNow(row.work());
        outbox().remove(ID, outbox().first(ID).orElseThrow().receipt());
        outbox().remove(ID, outbox().first(ID).orElseThrow().receipt());
        test.database().writeNow(row.work());
        assertThat(outbox().first(ID)).as("taken already").isEmpty();
        assertThat(log().after(ID, 0, 10))
                .extracting(EventLogTable.Entry::eventId)
                .containsExactly("b");
    }

    @Test
    void receiptsAreNeverUsedAgain() {
        add(ID, "a");
        long receipt = outbox().first(ID).orElseThrow().receipt();
        outbox().remove(ID, receipt);
        add(ID, "b");
        assertThat(outbox().first(ID).orElseThrow().receipt()).isGreaterThan(receipt);
        assertThat(outbox().clear(ID)).isZero();
        add(ID, "c");
        assertThat(outbox().first(ID).orElseThrow().receipt()).isEqualTo(receipt + 2);
    }

    @Test
    void oneMinuteLiesBetweenTwoClearings() {
        add(ID, "a");
        assertThat(outbox().clear(ID)).isZero();
        assertThat(outbox().count(ID)).isZero();
        add(ID, "b");
        clock.advance(Duration.ofSeconds(18));
        assertThat(outbox().clear(ID)).isEqualTo(Duration.ofSeconds(42));
        assertThat(outbox().count(ID)).isEqualTo(1);
        assertThat(outbox().clear(ID + 1)).as("another's").isZero();
        clock.advance(Duration.ofSeconds(42));
        assertThat(outbox().clear(ID)).isZero();
        clock.advance(Duration.ofDays(-1));
        assertThat(outbox().clear(ID)).as("by a clock that was set back").isZero();
    }

    @Test
    void aNotificationLivesForADay() {
        add(ID, "a");
        clock.advance(Duration.ofHours(23));
        add(ID, "b");
        assertThat(outbox().ageing(Duration.ofMinutes(59))).isEmpty();
        assertThat(outbox().ageing(Duration.ofHours(1))).containsExactly(ID);
        clock.advance(Duration.ofHours(1));
        assertThat(outbox().first(ID)).map(OutboxTableIT::text).hasValue("body of b");
        assertThat(outbox().count(ID)).isEqualTo(1);
        assertThat(outbox().countAll()).isEqualTo(2);
        assertThat(outbox().sweep(10)).isEqualTo(1);
        assertThat(outbox().countAll()).isEqualTo(1);
        assertThat(outbox().sweep(10)).isZero();
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        Bounds three = new Bounds(3, 1 << 20);
        for (String event : List.of("a", "b", "c", "d")) {
            test.database()
                    .writeNow(outbox(three)
                            .add(ID, event, bytes(event), seen::add)
                            .work());
        }
        assertThat(seen.getLast().dropped()).isEqualTo(1);
        assertThat(seen.getLast().kept()).isEqualTo(3);
        assertThat(outbox().first(ID)).map(Waiting::eventId).hasValue("b");
    }

    @Test
    void theOldestGoWhenTheyWeighTooMuch() {
        Bounds some = new Bounds(1000, 10_000);
        for (String event : List.of("a", "b", "c")) {
            test.database()
                    .writeNow(outbox(some)
                            .add(ID, event, new byte[4000], seen::add)
                            .work());
        }
        assertThat(outbox().first(ID)).map(Waiting::eventId).hasValue("b");
        assertThat(seen.getLast().bytes()).isBetween(8000L, 10_000L);
        test.database()
                .writeNow(outbox(some)
                        .add(ID, "large", new byte[20_000], seen::add)
                        .work());
        assertThat(outbox().first(ID)).isEmpty();
        assertThat(seen.getLast()).isEqualTo(new Filling(0, 0, 3));
    }

    @Test
    void whatAWebhookDidNotTakeIsRememberedUntilItDoes() {
        add(ID, "a");
        add(ID, "b");
        long receipt = outbox().first(ID).orElseThrow().receipt();
        Instant next = clock.instant().plusSeconds(60);
        outbox().failed(ID, receipt, 1, "status 500", next.minusSeconds(60));
        outbox().failed(ID, receipt, 2, "x".repeat(1000), next);
        test.reopen();

        assertThat(outbox().first(ID)).hasValueSatisfying(waiting -> {
            assertThat(waiting.attempts()).isEqualTo(2);
            assertThat(waiting.nextAttempt()).hasValue(next);
        });
        outbox().remove(ID, receipt);
        assertThat(outbox().first(ID)).hasValueSatisfying(waiting -> {
            assertThat(waiting.attempts()).isZero();
            assertThat(waiting.nextAttempt()).isEmpty();
        });
    }

    @Test
    void bodiesAreClosedAndADamagedOneIsTold() {
        add(ID, "a");
        byte[] sealed = test.database()
                .read(handle -> handle.first("SELECT body_sealed FROM outbox", RowReader.BYTES)
                        .orElseThrow());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("body of a");
        test.database().writeNow(handle -> handle.execute("UPDATE outbox SET body_sealed = ?", new byte[40]));
        assertThat(outbox().first(ID))
                .hasValueSatisfying(waiting -> assertThat(waiting.body()).isEmpty());
    }

    @Test
    void aDeletedInstanceLeavesNothingOfThis() {
        InstanceTable instances = new InstanceTable(test.database(), test.vault());
        long id = instances
                .add("first", "token", "{}", clock.instant(), number -> Optional.empty())
                .id();
        test.database()
                .writeNow(log().add(id, "a", "x", bytes("a"), clock.instant(), List.of(row(id, "a")))
                        .work());
        outbox().failed(id, 1, 1, "status 500", clock.instant());
        instances.delete(id, clock.instant(), Optional.empty());
        for (String table : List.of("outbox", "outbox_tally", "webhook_delivery", "event_log", "event_log_end")) {
            long rows = test.database().read(handle -> handle.number("SELECT COUNT(*) FROM " + table));
            assertThat(rows).as(table).isZero();
        }
    }

    private Row row(long instance, String event) {
        return outbox().add(instance, event, bytes("body of " + event), seen::add);
    }

    private void add(long instance, String event) {
        test.database().writeNow(row(instance, event).work());
    }

    private OutboxTable outbox() {
        return outbox(Bounds.STANDARD);
    }

    private OutboxTable outbox(Bounds bounds) {
        return new OutboxTable(test.database(), test.vault(), clock, bounds);
    }

    private EventLogTable log() {
        return new EventLogTable(test.database(), test.vault(), clock, 100_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Waiting waiting) {
        return new String(waiting.body().orElseThrow(), StandardCharsets.UTF_8);
    }
}
