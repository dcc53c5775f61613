package io.greenfinch.gateway.store;

import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.time.ScheduledTimers;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteSessionStoreIT implements StoredRowContract {

    @TempDir
    private Path data;

    private final ScheduledTimers timers = new ScheduledTimers(Clock.systemUTC());
    private final BrokenConnections connections = new BrokenConnections();
    private OpenData open;

    @BeforeEach
    void open() {
        open = OpenData.at(data, Clock.systemUTC(), timers, connections);
    }

    @AfterEach
    void close() {
        open.close();
        timers.close();
    }

    @Override
    public Database database() {
        return open.database();
    }

    @Override
    public Vault vault() {
        return open.vault();
    }

    @Override
    public SessionStore<Row> reopened() {
        open.close();
        open();
        return store();
    }

    @Override
    public Breakage breakCommits() {
        return connections.fail(() -> new SQLiteException("disk full", SQLiteErrorCode.SQLITE_FULL));
    }
}
