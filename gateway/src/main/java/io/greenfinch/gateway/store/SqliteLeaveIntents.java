package io.greenfinch.gateway.store;

import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Leaves under way, in a SQLite file of their own beside the database (ADR 11). A record is written to the file's log without waiting for
 * the disk or anybody's commit, and survives the death of the process as soon as that returns; a thread of its own brings the log to the
 * disk right after, for the case that the power fails. It does so by the log's own file: a checkpoint would let the next record begin the
 * log anew, for which SQLite waits for the disk. All intents are held in memory; the file is only read at start. Thread-safe.
 */
public final class SqliteLeaveIntents implements LeaveIntents, AutoCloseable {

    /** A disk that hangs is not waited for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(SqliteLeaveIntents.class);
    private static final int MAX_INTENTS = 100_000;
    private static final int PAGE = 4_096;
    /** Records in the log, a page each, above which it is brought into the file, and begins anew. */
    private static final int LONG_LOG = 4_096;

    private static final long BETWEEN_SYNCS_MILLIS = 100;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS leave_intent (
                instance BIGINT NOT NULL,
                jid VARCHAR(255) NOT NULL,
                admin INTEGER NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (instance, jid)
            ) WITHOUT ROWID
            """;

    private record Key(long instance, Jid group) {}

    private record Entry(Intent intent, boolean settled) {}

    private final Clock clock;
    private final Connection records;
    private final Connection checkpoints;
    private final FileChannel logFile;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread syncer;
    private int inLog;
    private boolean unsynced;
    private boolean closed;

    private SqliteLeaveIntents(Path file, Clock clock) throws SQLException, IOException {
        this.clock = clock;
        SQLiteDataSource source = SqliteDatabase.source(file, SQLiteConfig.SynchronousMode.NORMAL);
        records = source.getConnection();
        try (Statement statement = records.createStatement()) {
            statement.execute(TABLE);
            statement.execute("DELETE FROM leave_intent WHERE at <= "
                    + clock.instant().minus(KEPT).toEpochMilli());
            statement.execute("PRAGMA wal_autocheckpoint = 0"); // that would be done by whoever records
            load(statement);
            checkpoints = source.getConnection();
            logFile = FileChannel.open(
                    new SqliteParts(file).log(), StandardOpenOption.WRITE); // there since the first statement
            inLog = (int) Math.min(Integer.MAX_VALUE, logFile.size() / PAGE); // of a process that was killed
        } catch (SQLException | IOException e) {
            records.close();
            throw e;
        }
        syncer = Thread.ofPlatform().name("leave-intents-sync").daemon().start(this::sync);
    }

    /**
     * Opens the folder's intents, or begins with none. A damaged file is put aside: it is worth less than a start.
     *
     * @throws UnusableDataException when they can't be read or written
     */
    public static SqliteLeaveIntents open(DataFolder folder, Clock clock) {
        Path file = folder.files().leaveIntents();
        try {
            return read(file, clock);
        } catch (SQLException | IOException e) {
            String why = e instanceof IOException failure ? FileFailure.words(failure) : e.getMessage();
            throw new UnusableDataException("The leave intents " + file + " can't be used: " + why + ".", e);
        }
    }

    private static SqliteLeaveIntents read(Path file, Clock clock) throws SQLException, IOException {
        PrivateFiles.close(file);
        try {
            return new SqliteLeaveIntents(file, clock);
        } catch (SQLException e) {
            if (SqliteDatabase.isTrouble(e)) {
                throw e;
            }
            log.warn("The leave intents in {} are damaged and put aside: {}", file, e.getMessage());
            new SqliteParts(file).putAside();
            PrivateFiles.close(file);
            return new SqliteLeaveIntents(file, clock);
        }
    }

    private void load(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT instance, jid, admin, at FROM leave_intent")) {
            while (row.next()) {
                long instance = row.getLong("instance");
                boolean admin = row.getInt("admin") != 0;
                Instant at = Instant.ofEpochMilli(row.getLong("at"));
                Jid.parse(row.getString("jid"))
                        .ifPresent(group ->
                                entries.put(new Key(instance, group), new Entry(new Intent(group, admin, at), false)));
            }
        }
    }

    @Override
    public synchronized void record(long instance, Intent intent) {
        if (find(instance, intent.group()).isPresent()) {
            return;
        }
        Key key = new Key(instance, intent.group());
        if (entries.size() >= MAX_INTENTS && !entries.containsKey(key)) {
            entries.values().removeIf(entry -> expired(entry.intent(), clock.instant()));
            if (entries.size() >= MAX_INTENTS) {
                throw new StoreException("too many leaves are under way: " + MAX_INTENTS);
            }
        }
        try {
            write(
                    "INSERT INTO leave_intent (instance, jid, admin, at) VALUES (?, ?, ?, ?) "
                            + "ON CONFLICT (instance, jid) DO UPDATE SET admin = excluded.admin, at = excluded.at",
                    instance,
                    intent.group().toString(),
                    intent.admin(),
                    intent.at().toEpochMilli());
        } catch (SQLException e) {
            throw new StoreException("a leave could not be recorded: " + e.getMessage(), e);
        }
        entries.put(key, new Entry(intent, false));
    }

    @Override
    public Optional<Intent> find(long instance, Jid group) {
        return Optional.ofNullable(entries.get(new Key(instance, group)))
                .filter(entry -> !entry.settled())
                .map(Entry::intent)
                .filter(intent -> !expired(intent, clock.instant()));
    }

    private static boolean expired(Intent intent, Instant now) {
        return !now.isBefore(intent.at().plus(KEPT));
    }

    @Override
    public synchronized void settle(long instance, Jid group) {
        mark(instance, group, true);
    }

    @Override
    public synchronized void reopen(long instance, Jid group) {
        mark(instance, group, false);
    }

    /** Only in memory: whatever is settled when the process dies must be open in the next one. */
    private void mark(long instance, Jid group, boolean settled) {
        entries.computeIfPresent(new Key(instance, group), (key, entry) -> new Entry(entry.intent(), settled));
    }

    /** Forgetting may fail: the worst is a leave that is told twice after a restart. */
    @Override
    public synchronized void forget(long instance, Jid group) {
        if (entries.remove(new Key(instance, group)) != null) {
            delete(instance, "DELETE FROM leave_intent WHERE instance = ? AND jid = ?", instance, group.toString());
        }
    }

    @Override
    public synchronized void forgetAll(long instance) {
        if (entries.keySet().removeIf(key -> key.instance == instance)) {
            delete(instance, "DELETE FROM leave_intent WHERE instance = ?", instance);
        }
    }

    private void delete(long instance, String sql, Object... values) {
        try {
            write(sql, values);
        } catch (SQLException e) {
            log.error("Leave intents of instance {} could not be deleted: {}", instance, e.getMessage());
        }
    }

    private void write(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = records.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
        inLog++;
        unsynced = true;
        notifyAll();
    }

    /** The thread that brings to the disk what the others have written. */
    private void sync() {
        try {
            boolean open = true;
            while (open && awaitRecords()) {
                try {
                    logFile.force(false);
                    if (isLong()) {
                        beginLogAnew();
                    }
                } catch (SQLException | IOException e) {
                    // The records are with the operating system all the same: only a power loss could lose them.
                    log.error("The leave intents could not be brought to the disk: {}", e.getMessage());
                }
                // Each time costs the disk as much as many commits: what comes in meanwhile goes together.
                open = !closing.await(BETWEEN_SYNCS_MILLIS, TimeUnit.MILLISECONDS) || unsynced();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isLong() {
        return inLog > LONG_LOG;
    }

    private synchronized boolean unsynced() {
        return unsynced;
    }

    private synchronized boolean awaitRecords() throws InterruptedException {
        while (!unsynced && !closed) {
            wait();
        }
        boolean more = unsynced;
        unsynced = false;
        return more;
    }

    /** The log begins anew with the next record when all of it is in the file: most of it while others record. */
    private void beginLogAnew() throws SQLException {
        checkpoint();
        synchronized (this) {
            checkpoint();
            inLog = 0;
        }
    }

    private void checkpoint() throws SQLException {
        try (Statement statement = checkpoints.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /** Ends after everything was brought to the disk, or the disk has had its time. */
    @Override
    public void close() {
        closing.countDown();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (!syncer.join(PATIENCE)) {
                log.error("The leave intents could not be brought to the disk in time; the operating system has them");
                return;
            }
            logFile.close();
            checkpoints.close();
            synchronized (this) {
                records.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | IOException e) {
            log.error("The leave intents did not close: {}", e.getMessage());
        }
    }
}
