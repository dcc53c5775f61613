package io.greenfinch.gateway.store;

import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.Timers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** A data folder with its database open, as a gateway has it. */
record OpenData(DataFolder folder, Vault vault, Database database, DatabaseSessionStore sessions)
        implements AutoCloseable {

    private static final ScheduledTimers TIMERS = new ScheduledTimers(Clock.systemUTC());

    static OpenData at(Path data) {
        return at(data, Clock.systemUTC(), TIMERS, UnaryOperator.identity());
    }

    /** One over connections that somebody has a hand in. */
    static OpenData at(Path data, Clock clock, Timers timers, UnaryOperator<Connection> connections) {
        SecureRandom random = new SecureRandom();
        DataFolder folder = DataFolder.open(data);
        try {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            Database database = SqliteDatabase.open(folder, vault, clock, timers, connections);
            return new OpenData(folder, vault, database, new DatabaseSessionStore(database, vault));
        } catch (UnusableDataException e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }
}
