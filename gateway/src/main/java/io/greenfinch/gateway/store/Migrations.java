package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.sqlite.SQLiteDataSource;

/** Brings the tables to what this version needs; never backwards (design §7). */
final class Migrations {

    /** The number of the last script, for a look that needs no Flyway; each migration checks that it is true. */
    private static final int CURRENT = 14;

    private static final String HISTORY = "flyway_schema_history";
    static final String SCRIPTS = "classpath:io/greenfinch/gateway/store/migration";

    private final SQLiteDataSource source;
    private final Path file;

    Migrations(SQLiteDataSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    /** Migrates, after a copy of the file when there was one with older tables. What is up to date is left alone. */
    void bringUpToDate(boolean existed, Handle handle) {
        try {
            if (existed && isCurrent(handle)) {
                return;
            }
            Flyway flyway = Flyway.configure()
                    .dataSource(source)
                    .locations(SCRIPTS)
                    .failOnMissingLocations(true)
                    .load();
            MigrationInfoService info = flyway.info();
            refuseNewer(info);
            if (info.pending().length > 0) {
                if (existed && info.applied().length > 0) {
                    copy(info, handle);
                }
                flyway.migrate();
                checkCurrent(flyway.info());
            }
        } catch (FlywayException | DatabaseException | IOException e) {
            throw new UnusableDataException(
                    "The database " + file + " can't be used: " + WriterThread.words(e) + ".", e);
        }
    }

    /**
     * Whether exactly the scripts up to the last one were applied, each with success. Flyway would find the same, but is
     * a seventh of the start; of everything else it is left to tell.
     */
    private static boolean isCurrent(Handle handle) {
        List<String> expected =
                IntStream.rangeClosed(1, CURRENT).mapToObj(Integer::toString).toList();
        return hasHistory(handle)
                && handle.list(
                                "SELECT CASE WHEN success THEN version END FROM " + HISTORY
                                        + " ORDER BY installed_rank",
                                RowReader.TEXT)
                        .equals(expected);
    }

    private static boolean hasHistory(Handle handle) {
        return handle.first("SELECT 1 FROM sqlite_master WHERE name = ?", RowReader.NUMBER, HISTORY)
                .isPresent();
    }

    /**
     * Sees that a file is a whole database of this program, of this version or an older one.
     *
     * @throws UnusableDataException when it is not
     */
    static void checkReadable(Handle handle, Path file) {
        long newest = schema(handle);
        if (!known(newest)) {
            throw new UnusableDataException("The file " + file
                    + (newest == 0
                            ? " is no backup of Greenfinch, or is damaged."
                            : " was written by a newer version of Greenfinch (schema " + newest + ")."));
        }
    }

    /** The number of the last script of a whole database of this program, 0 for any other file. */
    static long schema(Handle handle) {
        boolean whole = handle.first("PRAGMA quick_check(1)", RowReader.TEXT).equals(Optional.of("ok"));
        return whole && hasHistory(handle) ? handle.number("SELECT MAX(CAST(version AS INTEGER)) FROM " + HISTORY) : 0;
    }

    /** Whether this version can use a database that this number is of. */
    static boolean known(long schema) {
        return schema > 0 && schema <= CURRENT;
    }

    private static void checkCurrent(MigrationInfoService info) {
        String reached = info.applied()[info.applied().length - 1].getVersion().getVersion();
        if (!reached.equals(Integer.toString(CURRENT))) {
            throw new IllegalStateException("the last script is " + reached + ", not " + CURRENT);
        }
    }

    private void refuseNewer(MigrationInfoService info) {
        for (MigrationInfo applied : info.applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS
                    || applied.getState() == MigrationState.FUTURE_FAILED) {
                throw new UnusableDataException("The database " + file
                        + " was written by a newer version of Greenfinch (schema "
                        + applied.getVersion() + ") and can't be used by this one.");
            }
        }
    }

    private void copy(MigrationInfoService info, Handle handle) throws IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".before-schema-" + info.pending()[0].getVersion());
        Files.deleteIfExists(copy);
        PrivateFiles.close(copy);
        handle.execute("VACUUM INTO ?", copy.toString());
    }
}
