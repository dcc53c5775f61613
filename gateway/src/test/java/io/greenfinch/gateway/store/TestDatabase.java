package io.greenfinch.gateway.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.Timers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** An empty database of one of the two kinds, with connections that can be broken. */
final class TestDatabase implements AutoCloseable {

    static final ScheduledTimers TIMERS = new ScheduledTimers(Clock.systemUTC());

    enum Kind {
        SQLITE,
        POSTGRES
    }

    private final DataFolder folder;
    private final Vault vault;
    private final BrokenConnections connections = new BrokenConnections();
    private final Supplier<Database> opening;
    private final Supplier<SQLException> trouble;
    private Database database;

    private TestDatabase(Path data, Supplier<SQLException> trouble, Function<TestDatabase, Database> opening) {
        SecureRandom random = new SecureRandom();
        folder = DataFolder.open(data);
        vault = new Vault(MasterKey.ofFolder(folder, random), random);
        this.trouble = trouble;
        this.opening = () -> opening.apply(this);
        database = opening.apply(this);
    }

    static TestDatabase of(Kind kind, Path data) {
        return of(kind, data, Clock.systemUTC(), TIMERS);
    }

    /** One whose writer waits by these timers. */
    static TestDatabase of(Kind kind, Path data, Clock clock, Timers timers) {
        return switch (kind) {
            case SQLITE ->
                new TestDatabase(
                        data,
                        () -> new SQLiteException("the disk is full", SQLiteErrorCode.SQLITE_FULL),
                        self -> SqliteDatabase.open(self.folder, self.vault, clock, timers, self.connections));
            case POSTGRES -> {
                String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
                assumeTrue(system.equals("Linux amd64"), "the build brings a PostgreSQL for Linux on amd64 only");
                DataSource source = PostgresDatabase.migrated();
                yield new TestDatabase(
                        data,
                        () -> new SQLException("the server is stopping", "57P01"),
                        self -> PostgresDatabase.open(source, self.vault, clock, timers, self.connections));
            }
        };
    }

    Database database() {
        return database;
    }

    Vault vault() {
        return vault;
    }

    BrokenConnections connections() {
        return connections;
    }

    /** A failure that is the database's own. */
    Supplier<SQLException> trouble() {
        return trouble;
    }

    /** Closes the database and opens it as the next process would. */
    void reopen() {
        database.close();
        database = opening.get();
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
