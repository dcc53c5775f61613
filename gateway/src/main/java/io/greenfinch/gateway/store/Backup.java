package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Backups of the database of a data folder: a file that holds all of it as it was at one moment. What is secret in it is closed
 * under the master key, which is not in it. Every failure is an {@link UnusableDataException}.
 */
public final class Backup {

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
        } catch (JdbiException | IOException e) {
            throw new UnusableDataException(
                    "The backup " + file + " can't be written: " + WriterThread.words(e) + ".", e);
        } finally {
            idle.ifPresent(DataFolder::close);
        }
    }

    private static void copy(Path database, Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        PrivateFiles.close(fresh);
        Jdbi.create(SqliteDatabase.source(database, SQLiteConfig.SynchronousMode.FULL))
                .useHandle(handle -> handle.execute("VACUUM INTO ?", fresh.toString()));
        PrivateFiles.sync(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(file);
    }

    /**
     * Puts a backup in the place of the folder's database; a database that is there is put aside. Numbers of instances that the
     * folder has given are not given again, and what is known of groups is fetched anew before it is believed.
     *
     * @param key the master key, where the folder does not hold it
     * @return where the database that was there is now
     */
    public static Optional<Path> restore(Path data, Path file, Optional<MasterKey> key) {
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
                prepare(fresh, file, folder, vault);
                return exchange(folder, fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (JdbiException | IOException e) {
            throw new UnusableDataException(
                    "The backup " + file + " can't be restored: " + WriterThread.words(e) + ".", e);
        }
    }

    private static void prepare(Path fresh, Path file, DataFolder folder, Vault vault) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + fresh);
        Jdbi jdbi = Jdbi.create(source);
        Migrations.checkReadable(jdbi, file);
        SealCheck.run(jdbi, vault);
        InstanceNumbers numbers = new InstanceNumbers(folder);
        long last = numbers.last();
        numbers.raise(jdbi.inTransaction(handle -> {
            InstanceNumbers.giveAbove(handle, last);
            doubtGroups(handle);
            return InstanceNumbers.given(handle);
        }));
    }

    /** What happened to them since the backup was acknowledged then, and will not be told again. */
    private static void doubtGroups(Handle handle) {
        handle.execute("INSERT INTO session_state (instance, kind, name, value) "
                + "SELECT instance, 'group_doubt', name, X'' FROM session_state WHERE kind = 'group' "
                + "ON CONFLICT (instance, kind, name) DO NOTHING");
    }

    private static Optional<Path> exchange(DataFolder folder, Path fresh) throws IOException {
        Path database = folder.database();
        Optional<Path> aside = Optional.empty();
        new DatabaseState(folder).closed(); // from here on a folder without a database is refused
        if (Files.exists(database)) {
            Path free = free(database);
            if (Files.exists(folder.log())) {
                Files.move(folder.log(), free.resolveSibling(free.getFileName() + "-wal"));
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
