package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file: migrated, one writer, a few readers (design 4.6). Thread-safe. Everything else in this package sees
 * the database only through here.
 */
public final class SqliteDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BUSY_MILLIS = 5_000;

    private final WriterThread writer;
    private final ReaderThreads readers;

    private SqliteDatabase(WriterThread writer, ReaderThreads readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens or creates the folder's database and brings its schema up to date.
     *
     * @throws UnusableDataException when it is damaged, newer than this program, not writable, or closed with another
     *     key than {@code vault}'s
     */
    public static SqliteDatabase open(DataFolder folder, Vault vault) {
        Path file = folder.database();
        SQLiteDataSource source = source(file);
        try {
            boolean existed = Files.exists(file);
            new Schema(source, file).bringUpToDate(existed);
            Jdbi jdbi = Jdbi.create(source);
            // No statement has <placeholders>; looking for them takes a grammar that has to be loaded at start.
            jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
            SealCheck.run(jdbi, vault);
            return new SqliteDatabase(new WriterThread(jdbi), new ReaderThreads(jdbi));
        } catch (JdbiException e) {
            throw new UnusableDataException(
                    "The database " + file + " can't be used: " + WriterThread.words(e) + ".", e);
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** Writes in the order of the calls; see {@link WriterThread#submit}. */
    <T> CompletableFuture<T> write(WriterThread.Work<T> work) {
        return writer.submit(work);
    }

    /**
     * Writes, and blocks until it is durable.
     *
     * @throws StoreException when nothing was written, or nothing is known in time
     */
    <T> T writeNow(WriterThread.Work<T> work) {
        try {
            return writer.submit(work).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreException known ? known : new StoreException("not stored", e);
        } catch (TimeoutException e) {
            throw new StoreException("not stored within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while storing", e);
        }
    }

    /**
     * Reads, and blocks until it is done.
     *
     * @throws StoreException when it can't be read
     */
    <T> T read(WriterThread.Work<T> query) {
        return readers.read(query);
    }

    /** Units that wait to be written. */
    public int backlog() {
        return writer.backlog();
    }

    /** Whether the database can be read and its writer lives. */
    public boolean healthy() {
        try {
            return writer.alive()
                    && readers.read(
                            handle -> handle.select("SELECT 1").mapTo(int.class).one() == 1);
        } catch (StoreException e) {
            return false;
        }
    }

    /** Makes durable what was handed in, then closes. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
