package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that can't be used is refused in one sentence, and left as it is (design §7). */
class UnusableDataIT {

    @TempDir
    private Path data;

    @BeforeEach
    void haveData() {
        OpenData.at(data).close();
    }

    @Test
    void anotherMasterKeyIsNoticedAtTheStart() throws IOException {
        String own = Files.readString(data.resolve("master.key"));
        Files.writeString(data.resolve("master.key"), "07".repeat(32) + "\n");
        refused("The master key is not the one this database was written with.");

        Files.writeString(data.resolve("master.key"), own);
        OpenData.at(data).close();
    }

    @Test
    void aMissingMasterKeyIsNotReplaced() throws IOException {
        Files.delete(data.resolve("master.key"));
        refused("is missing, and without it the database in the same folder can't be opened.");
    }

    @Test
    void aMutilatedMasterKeyIsTold() throws IOException {
        Files.writeString(data.resolve("master.key"), "07");
        refused("is damaged: 64 hexadecimal digits expected.");
    }

    @Test
    void aDatabaseOfANewerVersionIsRefused() throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = file.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT installed_rank + 100, '999', description, type, "
                            + "'V999__later.sql', checksum, installed_by, installed_on, execution_time, success "
                            + "FROM flyway_schema_history WHERE version = '1'");
        }
        refused("was written by a newer version of Greenfinch (schema 999) and can't be used by this one.");
    }

    @Test
    void aDamagedDatabaseIsTold() throws IOException {
        Files.writeString(data.resolve("greenfinch.db"), "no database ".repeat(1000));
        refused("can't be used: ");
    }

    @Test
    void aSecondProcessIsRefused() {
        try (OpenData _ = OpenData.at(data)) {
            refused("is in use by another process.");
        }
    }

    @Test
    void aDatabaseThatIsNoFileIsTold() throws IOException {
        Path file = data.resolve("greenfinch.db");
        Files.move(file, data.resolve("aside"));
        Files.createDirectory(file);
        refused("can't be used: ");

        Files.delete(file);
        Files.move(data.resolve("aside"), file);
        OpenData.at(data).close();
    }

    /** Permissions do not stop everybody; a folder in which nobody may make files does. */
    @Test
    void aFolderThatTakesNoFilesIsTold() {
        Path folder = Path.of("/proc/self/greenfinch");
        assertThatThrownBy(() -> OpenData.at(folder).close())
                .isInstanceOf(UnusableDataException.class)
                .hasMessageStartingWith("The data folder " + folder + " can't be written: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFolderThatIsAFileIsTold() {
        Path file = data.resolve("master.key");
        assertThatThrownBy(() -> OpenData.at(file).close())
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("The data folder " + file + " can't be written: ");
    }

    private void refused(String sentence) {
        assertThatThrownBy(() -> OpenData.at(data).close())
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining(sentence);
    }
}
