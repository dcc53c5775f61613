package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose database is not all there is refused in a sentence that says how to go on, and no number is given twice. */
class LostDataIT {

    @TempDir
    private Path data;

    private long first;

    @BeforeEach
    void haveAnInstance() {
        first = add("first");
    }

    /** It began anew, and gave the same number again. */
    @Test
    void aMissingDatabaseIsNotBegunAnew() throws IOException {
        Files.delete(data.resolve("greenfinch.db"));
        refused("greenfinch.db is missing although its folder had one; put it back, or restore a backup with "
                + "the command 'restore FILE', or delete " + data.resolve("greenfinch.state") + " to go on without.");
        assertThat(data.resolve("greenfinch.db")).doesNotExist();

        Files.delete(data.resolve("greenfinch.state"));
        assertThat(add("next")).isGreaterThan(first);
    }

    @Test
    void norIsAnEmptyOne() throws IOException {
        Files.write(data.resolve("greenfinch.db"), new byte[0]);
        refused("greenfinch.db is empty although its folder had one");
    }

    /** A folder of an earlier version has nothing but the leave intents to tell of its database. */
    @Test
    void leaveIntentsTellOfADatabaseToo() throws IOException {
        try (OpenData open = OpenData.at(data)) {
            SqliteLeaveIntents.open(open.folder(), Clock.systemUTC()).close();
        }
        Files.delete(data.resolve("greenfinch.db"));
        refused("delete " + data.resolve("greenfinch.state") + " and " + data.resolve("leaves.db"));
        Files.delete(data.resolve("greenfinch.state"));
        refused("delete " + data.resolve("leaves.db") + " to go on");
    }

    @Test
    void anOlderDatabaseIsToldAndItsNumbersAreNotGivenAgain() throws IOException {
        Path old = data.resolve("old");
        Files.copy(data.resolve("greenfinch.db"), old);
        long second = add("second");
        Files.copy(old, data.resolve("greenfinch.db"), StandardCopyOption.REPLACE_EXISTING);
        refused("is older than its folder: it lacks instance " + second);

        Files.delete(data.resolve("greenfinch.state"));
        assertThat(add("third")).isGreaterThan(second);
    }

    /** As a killed process leaves it: what was committed last is in the log alone. */
    @Test
    void aMissingLogIsTold() throws IOException {
        Path killed = data.resolve("killed");
        try (OpenData open = OpenData.at(data)) {
            assertThat(open.database().healthy()).isTrue();
            Files.createDirectory(killed);
            for (String file :
                    List.of("master.key", "greenfinch.db", "greenfinch.db-wal", "greenfinch.state", "last-instance")) {
                Files.copy(data.resolve(file), killed.resolve(file));
            }
        }
        Path log = killed.resolve("greenfinch.db-wal");
        Files.move(log, data.resolve("log"));
        assertThatThrownBy(() -> OpenData.at(killed).close())
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining(
                        "The log " + log + " is missing, and with it the latest of what the database had");
        Files.move(data.resolve("log"), log);
        OpenData.at(killed).close();
        OpenData.at(killed).close();
    }

    @Test
    void aStopLeavesNoLogAndTheFilesAreTheirOwnersOnly() throws IOException {
        Files.setPosixFilePermissions(data.resolve("master.key"), PosixFilePermissions.fromString("rw-r--r--"));
        try (OpenData open = OpenData.at(data);
                SqliteLeaveIntents intents = SqliteLeaveIntents.open(open.folder(), Clock.systemUTC())) {
            intents.forgetAll(first);
            assertThat(open.database().healthy()).isTrue();
            assertThat(data.resolve("greenfinch.db-wal")).exists();
            assertPrivate();
        }
        assertPrivate();
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "files",
                            "greenfinch.db",
                            "greenfinch.state",
                            "last-instance",
                            "leaves.db",
                            "lock",
                            "master.key");
        }
    }

    private void assertPrivate() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private long add(String name) {
        try (OpenData open = OpenData.at(data)) {
            long id = new InstanceTable(open.database(), open.vault())
                    .add(name, "token", "{}", Instant.EPOCH, number -> Optional.empty())
                    .id();
            new InstanceNumbers(open.folder()).raise(id);
            return id;
        }
    }

    private void refused(String sentence) {
        assertThatThrownBy(() -> OpenData.at(data).close())
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n");
    }
}
