package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntentsContract;
import io.greenfinch.protocol.binary.Jid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
