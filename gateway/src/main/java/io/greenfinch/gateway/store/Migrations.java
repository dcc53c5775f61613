package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final int CURRENT = 4;

    private static final String HISTORY = "flyway_schema_history";
    static final String SCRIPTS = "classpath:io/greenfinch/gateway/store/migration";

    private final SQLiteDataSource source;
    private final Path file;

    Migrations(SQLiteDataSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    /** Migrates, after a copy of the file when there was one with older tables. What is up to date is left alone. */
    void bringUpToDate(boolean existed) {
        try {
            if (existed && isCurrent()) {
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
                    copy(info);
                }
                flyway.migrate();
                checkCurrent(flyway.info());
            }
        } catch (FlywayException | SQLException | IOException e) {
            throw new UnusableDataException(
                    "The database " + file + " can't be used: " + WriterThread.words(e) + ".", e);
        }
    }

    /**
     * Whether exactly the scripts up to the last one were applied, each with success. Flyway would find the same, but is
     * a seventh of the start; of everything else it is left to tell.
     */
    private boolean isCurrent() throws SQLException {
        Set<String> expected =
                IntStream.rangeClosed(1, CURRENT).mapToObj(Integer::toString).collect(Collectors.toSet());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet table =
                    statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'")) {
                if (!table.next()) {
                    return false;
                }
            }
            try (ResultSet applied = statement.executeQuery("SELECT version, success FROM " + HISTORY)) {
                while (applied.next()) {
                    if (!applied.getBoolean("success") || !expected.remove(applied.getString("version"))) {
                        return false;
                    }
                }
            }
        }
        return expected.isEmpty();
    }

    private static void checkCurrent(MigrationInfoService info) {
        String reached = info.applied()[info.applied().length - 1].getVersion().getVersion();
        if (!reached.equals(Integer.toString(CURRENT))) {
            throw new IllegalStateException("the last script is " + reached + ", not " + CURRENT);
        }
    }

    private void refuseNewer(MigrationInfoService info) {
        Optional<MigrationInfo> newer = Arrays.stream(info.applied())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .findFirst();
        if (newer.isPresent()) {
            throw new UnusableDataException("The database " + file
                    + " was written by a newer version of Greenfinch (schema "
                    + newer.get().getVersion() + ") and can't be used by this one.");
        }
    }

    private void copy(MigrationInfoService info) throws SQLException, IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".before-schema-" + info.pending()[0].getVersion());
        Files.deleteIfExists(copy);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        }
    }
}
