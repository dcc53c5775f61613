package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.SteppedTimers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that can't grow any further: SQLite's own limit stands for the disk's. */
@Timeout(60)
class FullDiskIT {

    private static final long INSTANCE = 1_101_000_001L;
    private static final String NO_MORE_THAN_THERE_IS = "1";
    private static final String UNLIMITED = "1073741823";

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final SteppedTimers timers = new SteppedTimers(clock);
    private volatile String pages = UNLIMITED;

    @Test
    void whatDoesNotFitWaitsForRoomAndWhatIsThereStays() {
        try (OpenData open = OpenData.at(data, clock, timers, this::limited)) {
            long epoch = open.sessions().claim(INSTANCE);
            put(open, epoch, "small", 10).join();
            pages = NO_MORE_THAN_THERE_IS;
            open.database().writeNow(handle -> handle.number("PRAGMA max_page_count = " + pages));

            CompletableFuture<Void> large = put(open, epoch, "large", 1_000_000);
            CompletableFuture<Void> behind = put(open, epoch, "behind", 10);
            await().until(() -> !open.database().healthy());
            timers.advance(Duration.ofMinutes(1));
            assertThat(large).isNotDone();
            assertThat(behind).isNotDone();
            assertThat(open.sessions().load(INSTANCE, StateKind.GROUP)).containsOnlyKeys("small");

            pages = UNLIMITED;
            await().until(() -> {
                timers.advance(Duration.ofSeconds(30));
                return large.isDone() && behind.isDone() && open.database().healthy();
            });
        }
        try (OpenData open = OpenData.at(data)) {
            assertThat(open.sessions().load(INSTANCE, StateKind.GROUP)).containsOnlyKeys("small", "large", "behind");
        }
    }

    private static CompletableFuture<Void> put(OpenData open, long epoch, String key, int bytes) {
        List<Change> change = List.of(new Change.Put(StateKind.GROUP, key, new byte[bytes]));
        return open.sessions().commit(INSTANCE, epoch, change, List.of()).toCompletableFuture();
    }

    private Connection limited(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
