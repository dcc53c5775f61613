package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.sqlite.SQLiteDataSource;

/** Brings the tables to what this version needs; never backwards (design §7). */
final class Schema {

    private static final String SCRIPTS = "classpath:io/greenfinch/gateway/store/migration";

    private final SQLiteDataSource source;
    private final Path file;

    Schema(SQLiteDataSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    /** Migrates, after a copy of the file when there was one with older tables. */
    void bringUpToDate(boolean existed) {
        try {
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
            }
        } catch (FlywayException | SQLException | IOException e) {
            throw new UnusableDataException(
                    "The database " + file + " can't be used: " + WriterThread.words(e) + ".", e);
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
