package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A look at the database of a data folder, beside a running gateway or without one; nothing is changed, but that SQLite may make its index
 * of a log ({@code -shm}) anew which a killed process has left.
 */
public final class DatabaseCheck {

    private DatabaseCheck() {}

    /**
     * What was found.
     *
     * @param bytes of the file
     * @param schema the number of its tables' version
     */
    public record Found(long bytes, long schema) {}

    /**
     * Reads the whole file and tries the key.
     *
     * @param key where the folder does not hold it
     * @return empty when there is no database yet
     * @throws UnusableDataException with what is wrong, in a sentence
     */
    public static Optional<Found> run(Path data, Optional<MasterKey> key) {
        DataFiles files = new DataFiles(data.toAbsolutePath().normalize());
        Path database = files.database();
        try {
            DatabaseState.look(files);
            return Files.notExists(database) || Files.size(database) == 0
                    ? Optional.empty()
                    : Optional.of(read(files, key));
        } catch (DatabaseException | IOException e) {
            throw new UnusableDataException(
                    "The database " + database + " can't be read: " + WriterThread.words(e) + ".", e);
        }
    }

    private static Found read(DataFiles files, Optional<MasterKey> key) throws IOException {
        Path database = files.database();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        // A database without a log is nobody's at the moment; opened in the usual way it would be given one.
        source.setUrl("jdbc:sqlite:" + (Files.exists(files.log()) ? database : database.toUri() + "?immutable=1"));
        try (Handle handle = Handle.open(source::getConnection)) {
            long schema = Migrations.schema(handle);
            if (schema == 0) {
                throw new UnusableDataException("The database " + database + " is damaged, or is none of Greenfinch.");
            }
            if (!Migrations.known(schema)) {
                throw new UnusableDataException("The database " + database
                        + " was written by a newer version of Greenfinch (schema " + schema + ").");
            }
            SealCheck.look(handle, new Vault(key.orElseGet(() -> MasterKey.in(files)), new SecureRandom()));
            return new Found(Files.size(database), schema);
        }
    }
}
