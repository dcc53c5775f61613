package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.OutboxTable.Bounds;
import io.greenfinch.gateway.store.OutboxTable.Filling;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outbox against a list, under random use, on both databases. */
@Timeout(120)
class OutboxModelIT {

    private static final long ID = 1_101_000_001L;
    private static final Bounds BOUNDS = new Bounds(8, 6000);

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<Filling> seen = new ArrayList<>();

    /** Whatever is done to it: it holds what a list would hold, and its tally is what it holds. */
    @ParameterizedTest
    @EnumSource
    void anOutboxIsAQueueOfEventsEachOnce(TestDatabase.Kind kind) {
        try (TestDatabase test = TestDatabase.of(kind, data)) {
            use(test);
        }
    }

    private void use(TestDatabase test) {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            long instance = ID + seed;
            OutboxTable table = new OutboxTable(test.database(), test.vault(), clock, BOUNDS);
            List<String> model = new ArrayList<>();
            Set<Long> receipts = new HashSet<>();
            for (int step = 0; step < 150; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        String event = seed + " " + random.nextInt(60);
                        byte[] body = new byte[random.nextInt(1500)];
                        test.database()
                                .writeNow(table.add(instance, event, body, seen::add)
                                        .work());
                        if (!model.contains(event)) {
                            model.add(event);
                            Filling filling = seen.getLast();
                            model.subList(0, (int) filling.dropped()).clear();
                            assertThat(filling.kept()).isEqualTo(model.size()).isLessThanOrEqualTo(BOUNDS.count());
                            assertThat(filling.bytes()).isLessThanOrEqualTo(BOUNDS.bytes());
                        }
                    }
                    case 3, 4 -> {
                        Optional<Waiting> first = table.first(instance);
                        assertThat(first.map(Waiting::eventId))
                                .as("seed %d, step %d", seed, step)
                                .isEqualTo(model.stream().findFirst());
                        first.ifPresent(waiting -> {
                            assertThat(receipts.add(waiting.receipt()))
                                    .as("a receipt of its own")
                                    .isTrue();
                            assertThat(table.remove(instance, waiting.receipt()))
                                    .isTrue();
                            model.removeFirst();
                        });
                    }
                    default ->
                        assertThat(table.remove(instance, 1_000_000 + step)).isFalse();
                }
                assertThat(table.count(instance)).isEqualTo(model.size());
            }
            tallies(test, instance);
        }
    }

    private static void tallies(TestDatabase test, long instance) {
        String counted = test.database()
                .read(handle -> handle.first(
                                "SELECT COUNT(*), COALESCE(SUM(LENGTH(body_sealed) + " + OutboxTable.OVERHEAD
                                        + "), 0) FROM outbox WHERE instance = ?",
                                row -> row.getLong(1) + " " + row.getLong(2),
                                instance)
                        .orElseThrow());
        String told = test.database()
                .read(handle -> handle.first(
                                "SELECT kept, weight FROM outbox_tally WHERE instance = ?",
                                row -> row.getLong(1) + " " + row.getLong(2),
                                instance)
                        .orElseThrow());
        assertThat(told).isEqualTo(counted);
    }
}
