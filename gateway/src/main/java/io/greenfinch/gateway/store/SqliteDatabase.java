package io.greenfinch.gateway.store;

import io.greenfinch.client.time.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The database of a gateway on its own: a SQLite file in the data folder. */
public final class SqliteDatabase {

    private static final int BUSY_MILLIS = 5_000;

    /**
     * So long, in pages of 4 KiB, the log grows before it is brought into the file. A group of units changes hundreds of pages, most
     * of which the next one changes again.
     */
    private static final String LOG_PAGES = "8000";

    /** Extended codes have the primary one in their lowest byte. */
    private static final int PRIMARY = 0xff;

    /** What is wrong with the file or its disk and may be well later; everything else is the statement's fault. */
    private static final Set<SQLiteErrorCode> TROUBLE = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_READONLY,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_PROTOCOL);

    private SqliteDatabase() {}

    /**
     * Opens or creates the folder's database and brings its tables up to date.
     *
     * @throws UnusableDataException when it is damaged, newer than this program, not writable, or closed with another
     *     key than {@code vault}'s
     */
    public static Database open(DataFolder folder, Vault vault, Clock clock, Timers timers) {
        return open(folder, vault, clock, timers, UnaryOperator.identity());
    }

    /** As above, over connections that somebody has a hand in. */
    static Database open(
            DataFolder folder, Vault vault, Clock clock, Timers timers, UnaryOperator<Connection> connections) {
        Path file = folder.files().database();
        SQLiteDataSource source = source(file, SQLiteConfig.SynchronousMode.FULL);
        DatabaseState state = new DatabaseState(folder);
        try {
            state.checkFiles();
            boolean existed = (Files.exists(file) && Files.size(file) > 0) || EmptyDatabase.copyTo(file);
            PrivateFiles.close(file);
            try (Handle handle = Handle.open(source::getConnection)) {
                new Migrations(source, file).bringUpToDate(existed, handle);
                SealCheck.run(handle, vault);
                state.checkNumbers(handle);
            }
            Database database = new JdbcDatabase(
                    () -> connections.apply(source.getConnection()),
                    SqliteDatabase::isTrouble,
                    clock,
                    timers,
                    state::closed);
            try {
                state.opened();
            } catch (IOException e) {
                database.close();
                throw e;
            }
            return database;
        } catch (DatabaseException | IOException e) {
            throw new UnusableDataException(
                    "The database " + file + " can't be used: " + WriterThread.words(e) + ".", e);
        }
    }

    /** Connections to a file with a write-ahead log. */
    static SQLiteDataSource source(Path file, SQLiteConfig.SynchronousMode synchronous) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, LOG_PAGES);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Whether the file or its disk is at fault. */
    static boolean isTrouble(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException known) {
                int primary = known.getResultCode().code & PRIMARY;
                return TROUBLE.stream().anyMatch(code -> code.code == primary);
            }
        }
        return false;
    }
}
