package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an older version is brought up to date, after a copy that can be gone back to (design §7). */
class MigrationIT {

    private static final String COPY = "greenfinch.db.before-schema-2";

    @TempDir
    private Path data;

    @Test
    void anOlderDatabaseIsCopiedThenMigratedAndNothingIsLost() throws IOException, SQLException {
        asTheFirstVersionLeftIt();

        try (OpenData open = OpenData.at(data)) {
            assertThat(tables("greenfinch.db")).contains("state_history", "quota_use");
            assertThat(new InstanceTable(open.database(), open.vault()).all())
                    .extracting(StoredInstance::name)
                    .containsExactly("of the first version");
        }
        assertThat(tables(COPY)).contains("instance").doesNotContain("state_history");
        byte[] copy = Files.readAllBytes(data.resolve(COPY));
        OpenData.at(data).close();
        assertThat(Files.readAllBytes(data.resolve(COPY))).isEqualTo(copy);

        restore();
        assertThat(tables("greenfinch.db")).doesNotContain("state_history");
        assertThat(firstVersion().info().pending()).isEmpty();
        try (OpenData open = OpenData.at(data)) {
            assertThat(new InstanceTable(open.database(), open.vault()).tokens())
                    .containsValue("a token");
        }
    }

    @Test
    void aNewDatabaseNeedsNoCopy() {
        OpenData.at(data).close();
        assertThat(data.resolve(COPY)).doesNotExist();
    }

    private Flyway firstVersion() {
        return Flyway.configure()
                .dataSource("jdbc:sqlite:" + data.resolve("greenfinch.db"), "", "")
                .locations("classpath:io/greenfinch/gateway/store/migration")
                .target("1")
                .load();
    }

    private void asTheFirstVersionLeftIt() throws SQLException {
        SecureRandom random = new SecureRandom();
        try (DataFolder folder = DataFolder.open(data)) {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            firstVersion().migrate();
            try (Connection connection = connection("greenfinch.db");
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO instance (id, name, token_fingerprint, "
                                    + "token_sealed, settings_sealed, created_at) VALUES (7, ?, ?, ?, ?, 0)")) {
                insert.setString(1, "of the first version");
                insert.setBytes(2, vault.fingerprint("a token"));
                insert.setBytes(3, vault.seal("a token".getBytes(StandardCharsets.UTF_8), "token 7"));
                insert.setBytes(4, vault.seal("{}".getBytes(StandardCharsets.UTF_8), "settings 7"));
                insert.executeUpdate();
            }
        }
    }

    /** As an operator would: the copy in place of the file, and nothing left of the newer one. */
    private void restore() throws IOException {
        Files.deleteIfExists(data.resolve("greenfinch.db-wal"));
        Files.deleteIfExists(data.resolve("greenfinch.db-shm"));
        Files.copy(data.resolve(COPY), data.resolve("greenfinch.db"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String tables(String file) throws SQLException {
        StringBuilder names = new StringBuilder();
        try (Connection connection = connection(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                names.append(rows.getString(1)).append(' ');
            }
        }
        return names.toString();
    }

    private Connection connection(String file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve(file));
    }
}
