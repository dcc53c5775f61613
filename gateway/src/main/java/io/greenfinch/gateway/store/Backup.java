package io.greenfinch.gateway.store;

import io.greenfinch.client.message.RestoredState;
import io.greenfinch.client.store.StateKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Backups of the database of a data folder: a file that holds all of it as it was at one moment. What is secret in it is closed
 * under the master key, which is not in it. Every failure is an {@link UnusableDataException}.
 */
public final class Backup {

    /** What becomes of messages that waited to be sent when the backup was made. */
    public enum Waiting {
        /** They go out once the instance is online. */
        SEND,
        /** They don't. */
        DROP
    }

    /** More than an instance tells between a backup and its return. */
    private static final int GIVEN_AT_MOST = 1_000_000;

    /** The same of its events, whose positions count bytes. */
    private static final long LOGGED_AT_MOST = 1_000_000_000_000L;

    private Backup() {}

    /** Writes a new file, also while a gateway is at work with the folder. */
    public static void write(Path data, Path file) {
        Path database = data.resolve("greenfinch.db").toAbsolutePath().normalize();
        if (Files.notExists(database)) {
            throw new UnusableDataException("There is no database " + database + " to back up.");
        }
        if (Files.exists(file)) {
            throw new UnusableDataException("The file " + file + " is there already; a backup replaces none.");
        }
        Optional<DataFolder> idle = DataFolder.tryOpen(data);
        try {
            if (idle.isPresent()) {
                new DatabaseState(idle.get()).checkFiles();
            }
            copy(database, file);
        } catch (DatabaseException | IOException e) {
            throw new UnusableDataException(
                    "The backup " + file + " can't be written: " + WriterThread.words(e) + ".", e);
        } finally {
            idle.ifPresent(DataFolder::close);
        }
    }

    /** Writes a new file, by the process that is at work with the folder. */
    public static void write(DataFolder own, Path file) {
        try {
            copy(own.files().database(), file);
        } catch (DatabaseException | IOException e) {
            throw new UnusableDataException("The backup can't be written: " + WriterThread.words(e) + ".", e);
        }
    }

    private static void copy(Path database, Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        PrivateFiles.close(fresh);
        try {
            SQLiteDataSource source = SqliteDatabase.source(database, SQLiteConfig.SynchronousMode.FULL);
            Handle.use(source::getConnection, handle -> handle.execute("VACUUM INTO ?", fresh.toString()));
            PrivateFiles.sync(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh); // half of it would only fill the disk
        }
        PrivateFiles.syncFolder(file);
    }

    /**
     * Puts a backup in the place of the folder's database; a database that is there is put aside. Numbers of instances that the
     * folder has given are not given again, and what is known of groups is fetched anew before it is believed.
     *
     * @param key the master key, where the folder does not hold it
     * @return where the database that was there is now
     */
    public static Optional<Path> restore(Path data, Path file, Optional<MasterKey> key, Optional<Waiting> waiting) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableDataException("There is no file " + file + " to restore.");
        }
        try (DataFolder folder = DataFolder.open(data)) {
            Vault vault = new Vault(key.orElseGet(() -> MasterKey.kept(folder)), new SecureRandom());
            Path fresh = data.resolve("greenfinch.db.new");
            Files.deleteIfExists(fresh);
            PrivateFiles.close(fresh);
            Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.close(fresh);
            try {
                prepare(fresh, file, folder, vault, waiting);
                return exchange(folder, fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (DatabaseException | IOException e) {
            throw new UnusableDataException(
                    "The backup " + file + " can't be restored: " + WriterThread.words(e) + ".", e);
        }
    }

    private static void prepare(Path fresh, Path file, DataFolder folder, Vault vault, Optional<Waiting> waiting)
            throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + fresh);
        InstanceNumbers numbers = new InstanceNumbers(folder);
        long last = numbers.last();
        try (Handle open = Handle.open(source::getConnection)) {
            Migrations.checkReadable(open, file);
            SealCheck.run(open, vault);
            numbers.raise(open.inTransaction(handle -> {
                settleQueue(handle, waiting, file);
                raiseReceipts(handle);
                InstanceNumbers.giveAbove(handle, last);
                doubtGroups(handle);
                renewKeys(handle, vault);
                return InstanceNumbers.given(handle);
            }));
        }
    }

    /** Keys by which was sent since the backup are never used again. */
    private static void renewKeys(Handle handle, Vault vault) {
        record Kept(long instance, StateKind kind, String key, byte[] value) {}
        for (StateKind kind :
                List.of(StateKind.SESSION, StateKind.GROUP_KEY, StateKind.OUTGOING, StateKind.CREDENTIALS)) {
            String column = DatabaseSessionStore.column(kind);
            List<Kept> rows = handle.list(
                    "SELECT instance, name, value FROM session_state WHERE kind = ?",
                    row -> new Kept(row.getLong(1), kind, row.getString(2), row.getBytes(3)),
                    column);
            for (Kept row : rows) {
                String purpose = DatabaseSessionStore.purpose(row.instance, kind, row.key);
                Optional<byte[]> renewed =
                        vault.readable(row.value, purpose).flatMap(value -> RestoredState.of(kind, value));
                if (renewed.isPresent()) {
                    handle.execute(
                            "UPDATE session_state SET value = ? WHERE instance = ? AND kind = ? AND name = ?",
                            vault.seal(renewed.get(), purpose),
                            row.instance,
                            column,
                            row.key);
                } else if (kind != StateKind.CREDENTIALS) {
                    handle.execute(
                            "DELETE FROM session_state WHERE instance = ? AND kind = ? AND name = ?",
                            row.instance,
                            column,
                            row.key);
                }
            }
        }
    }

    /** Messages that waited when the backup was made, and may have been sent since. */
    private static void settleQueue(Handle handle, Optional<Waiting> word, Path file) {
        boolean queues = handle.number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'send_queue'") > 0;
        long waiting = queues ? handle.number("SELECT COUNT(*) FROM send_queue") : 0;
        if (waiting > 0 && word.isEmpty()) {
            throw new UnusableDataException(
                    "In the backup " + file + " are " + waiting
                            + " messages that were to be sent, and may have been sent since: say --queue send, or --queue drop.");
        }
        if (waiting > 0 && word.get() == Waiting.DROP) {
            handle.execute("UPDATE message SET status = 'failed' WHERE status = 'pending' "
                    + "AND EXISTS (SELECT 1 FROM send_queue WHERE send_queue.instance = message.instance "
                    + "AND message_id = message.id)");
            handle.execute("DELETE FROM send_queue");
        }
    }

    /** No number that a caller may hold is given to another notification, or event. */
    private static void raiseReceipts(Handle handle) {
        if (handle.number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'outbox_tally'") > 0) {
            handle.execute("INSERT INTO outbox_tally (instance, last_receipt, kept, weight) "
                    + "SELECT id, 0, 0, 0 FROM instance WHERE id NOT IN (SELECT instance FROM outbox_tally)");
            handle.execute("UPDATE outbox_tally SET last_receipt = last_receipt + ?", GIVEN_AT_MOST);
            handle.execute("UPDATE event_log_end SET position = position + ?", LOGGED_AT_MOST);
        }
    }

    /** What happened to them since the backup was acknowledged then, and will not be told again. */
    private static void doubtGroups(Handle handle) {
        handle.execute("INSERT INTO session_state (instance, kind, name, value) "
                + "SELECT instance, 'group_doubt', name, X'' FROM session_state WHERE kind = 'group' "
                + "ON CONFLICT (instance, kind, name) DO NOTHING");
    }

    private static Optional<Path> exchange(DataFolder folder, Path fresh) throws IOException {
        Path database = folder.files().database();
        Optional<Path> aside = Optional.empty();
        new DatabaseState(folder).closed(); // from here on a folder without a database is refused
        if (Files.exists(database)) {
            Path free = free(database);
            if (Files.exists(folder.files().log())) {
                Files.move(folder.files().log(), free.resolveSibling(free.getFileName() + "-wal"));
            }
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + "-shm"));
            Files.move(database, free, StandardCopyOption.ATOMIC_MOVE);
            aside = Optional.of(free);
        }
        PrivateFiles.sync(fresh);
        Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(database);
        return aside;
    }

    private static Path free(Path database) {
        for (int number = 1; ; number++) {
            Path free = database.resolveSibling(database.getFileName() + ".before-restore-" + number);
            if (Files.notExists(free)) {
                return free;
            }
        }
    }
}
