package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database to begin with, which is made once: whoever begins with it has what migrations make. */
class EmptyDatabaseIT {

    private static final String PROPERTY = "greenfinch.empty.database";

    @TempDir
    private Path folder;

    /** What other tests of this JVM begin with. */
    private @Nullable String others;

    @BeforeEach
    void begin() {
        others = System.clearProperty(PROPERTY);
    }

    @AfterEach
    void end() {
        if (others == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, others);
        }
    }

    @Test
    void aFolderThatBeginsWithItHasWhatMigrationsMake() throws IOException, SQLException {
        OpenData.at(folder.resolve("migrated")).close();
        Path made = folder.resolve("empty.db");
        EmptyDatabase.make(made);
        System.setProperty(PROPERTY, made.toString());
        OpenData.at(folder.resolve("copied")).close();

        assertThat(schema(folder.resolve("copied/greenfinch.db")))
                .hasSizeGreaterThan(20)
                .isEqualTo(schema(folder.resolve("migrated/greenfinch.db")));
        assertThat(Files.getPosixFilePermissions(folder.resolve("copied/greenfinch.db"))
                        .size())
                .isEqualTo(2);
        OpenData.at(folder.resolve("copied")).close(); // with the key that it was begun with
        assertThat(folder.resolve("copied/greenfinch.db.new")).doesNotExist();
    }

    @Test
    void oneOfAnotherVersionIsBroughtUpToDate() throws SQLException, IOException {
        Path made = folder.resolve("empty.db");
        EmptyDatabase.make(made);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + made);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE seal_check");
            for (String table : tables(made)) {
                statement.execute("DROP TABLE IF EXISTS \"" + table + "\"");
            }
        }
        System.setProperty(PROPERTY, made.toString());
        OpenData.at(folder.resolve("copied")).close();
        assertThat(tables(folder.resolve("copied/greenfinch.db"))).contains("instance", "seal_check");
    }

    @Test
    void withoutItsFileTheMigrationsAreRun() throws SQLException {
        System.setProperty(PROPERTY, folder.resolve("nowhere.db").toString());
        OpenData.at(folder.resolve("migrated")).close();
        assertThat(tables(folder.resolve("migrated/greenfinch.db"))).contains("instance");
    }

    private static List<String> tables(Path file) throws SQLException {
        return read(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    }

    private static List<String> schema(Path file) throws SQLException {
        return read(
                file, "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master ORDER BY type, name");
    }

    private static List<String> read(Path file, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
