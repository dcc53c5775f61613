package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntentsContract;
import io.greenfinch.protocol.binary.Jid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeaveIntentsIT implements LeaveIntentsContract {

    private static final Jid GROUP = Jid.group("120363000000000001");

    private final SteppedClock clock = SteppedClock.atSomeTime();

    @TempDir
    private Path data;

    private DataFolder folder;
    private SqliteLeaveIntents intents;
    private SqliteLeaveIntents next;

    @BeforeEach
    void open() {
        folder = DataFolder.open(data);
        intents = SqliteLeaveIntents.open(folder, clock);
        next = intents;
    }

    @AfterEach
    void close() {
        intents.close();
        next.close();
        folder.close();
    }

    @Override
    public LeaveIntents intents() {
        return intents;
    }

    /** The first ones are not closed before: a killed process closes nothing either. */
    @Override
    public LeaveIntents reopened() {
        next = SqliteLeaveIntents.open(folder, clock);
        return next;
    }

    @Override
    public SteppedClock clock() {
        return clock;
    }

    @Override
    public long instance(int number) {
        return 1_101_000_000L + number;
    }

    @Test
    void anyFileCanBeOpened() throws IOException {
        intents.record(1, new LeaveIntents.Intent(GROUP, true, clock.instant()));
        intents.close();
        byte[] whole = Files.readAllBytes(folder.files().leaveIntents());
        Random random = new Random(20261128);
        for (int round = 0; round < 30; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + round * round; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(folder.files().leaveIntents(), damaged);
            try (SqliteLeaveIntents again = SqliteLeaveIntents.open(folder, clock)) {
                again.record(1, new LeaveIntents.Intent(Jid.group("7"), true, clock.instant()));
                assertThat(again.find(1, Jid.group("7"))).isPresent();
            }
        }
    }

    /** Killed again and again, no process lives long enough to fill the log by itself. */
    @Test
    void theLogOfKilledProcessesIsBroughtIntoTheFile() throws IOException {
        Path log = new SqliteParts(folder.files().leaveIntents()).log();
        for (int i = 0; i < 6_000; i++) {
            intents.record(1, new LeaveIntents.Intent(GROUP, true, clock.instant()));
            intents.forget(1, GROUP);
        }
        Path copy = Files.createDirectories(data.resolve("killed"));
        byte[] longLog = Files.readAllBytes(log);
        assertThat(longLog.length).isGreaterThan(16 << 20);
        Files.copy(folder.files().leaveIntents(), copy.resolve("leaves.db"));
        Files.write(copy.resolve("leaves.db-wal"), longLog);

        DataFolder later = DataFolder.open(copy);
        try (SqliteLeaveIntents second = SqliteLeaveIntents.open(later, clock)) {
            Path grown = copy.resolve("leaves.db-wal");
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(() -> {
                        second.record(1, new LeaveIntents.Intent(GROUP, true, clock.instant()));
                        second.forget(1, GROUP);
                        assertThat(begun(grown)).isNotEqualTo(begun(longLog));
                    });
        } finally {
            later.close();
        }
    }

    /** The number of the log's beginning: bytes 12 to 15 of its head. */
    private static int begun(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return begun(in.readNBytes(32));
        }
    }

    private static int begun(byte[] log) {
        return ByteBuffer.wrap(log).getInt(12);
    }

    @Test
    void theLogDoesNotGrowForEver() throws IOException {
        for (int i = 0; i < 6_000; i++) {
            intents.record(1, new LeaveIntents.Intent(GROUP, true, clock.instant()));
            intents.forget(1, GROUP);
        }
        intents.close();
        assertThat(Files.size(folder.files().leaveIntents())).isLessThan(1 << 20);
        assertThat(data.resolve("leaves.db-wal")).doesNotExist();
    }
}
