package io.greenfinch.gateway.store;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.LeaveIntentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LeaveJournalTest implements LeaveIntentsContract {

    private final SteppedClock clock = SteppedClock.atSomeTime();

    @TempDir
    private Path data;

    private DataFolder folder;
    private LeaveJournal journal;
    private LeaveJournal next;

    @BeforeEach
    void open() {
        folder = DataFolder.open(data);
        journal = LeaveJournal.open(folder, clock);
        next = journal;
    }

    @AfterEach
    void close() {
        journal.close();
        next.close();
        folder.close();
    }

    @Override
    public LeaveIntents intents() {
        return journal;
    }

    /** The first journal is not closed before: a killed process closes nothing either. */
    @Override
    public LeaveIntents reopened() {
        next = LeaveJournal.open(folder, clock);
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
}
