package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.signal.SignalSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are whole, whoever is at work meanwhile, and what is restored is what was backed up. */
class BackupIT {

    @TempDir
    private Path folder;

    private Path data;
    private Path file;
    private long first;

    @BeforeEach
    void haveData() {
        data = folder.resolve("data");
        file = folder.resolve("backup");
        first = add("first");
    }

    @Test
    void aBackupBesideARunningGatewayHoldsWhatIsCommitted() throws IOException {
        try (OpenData open = OpenData.at(data)) {
            add(open, "second");
            Backup.write(data, file);
            add(open, "third");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("first", "second", "third");

        Optional<Path> aside = Backup.restore(data, file, Optional.empty(), Optional.empty());
        assertThat(aside).hasValue(data.resolve("greenfinch.db.before-restore-1"));
        assertThat(names()).containsExactly("first", "second");
        assertThat(add("fourth")).as("the third's number is not given again").isEqualTo(first + 3);
        assertThat(Backup.restore(data, aside.orElseThrow(), Optional.empty(), Optional.empty()))
                .hasValue(data.resolve("greenfinch.db.before-restore-2"));
        assertThat(names()).containsExactly("first", "second", "third");
    }

    @Test
    void aFolderWithNothingButTheKeyIsEnough() throws IOException {
        Backup.write(data, file);
        Path other = folder.resolve("other");
        assertThatThrownBy(() -> Backup.restore(other, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("is missing; put the copy there that was kept of it");
        Files.copy(data.resolve("master.key"), other.resolve("master.key"));
        assertThat(Backup.restore(other, file, Optional.empty(), Optional.empty()))
                .isEmpty();
        try (OpenData open = OpenData.at(other)) {
            assertThat(new InstanceTable(open.database(), open.vault()).tokens())
                    .containsEntry(first, "a token");
        }
    }

    /** The database is lost: the sentence of the refused start names this way to go on. */
    @Test
    void aLostDatabaseIsRestored() throws IOException {
        Backup.write(data, file);
        Files.delete(data.resolve("greenfinch.db"));
        assertThatThrownBy(this::names).hasMessageContaining("restore a backup with the command 'restore FILE'");
        assertThat(Backup.restore(data, file, Optional.empty(), Optional.empty()))
                .isEmpty();
        assertThat(names()).containsExactly("first");
    }

    /** What happened in groups since was acknowledged, and nobody will tell it again. */
    @Test
    void restoredGroupsAreDoubted() {
        try (OpenData open = OpenData.at(data)) {
            long epoch = open.sessions().claim(first);
            open.sessions()
                    .commit(first, epoch, List.of(new Change.Put(StateKind.GROUP, "7@g.us", new byte[1])), List.of())
                    .toCompletableFuture()
                    .join();
        }
        Backup.write(data, file);
        Backup.restore(data, file, Optional.empty(), Optional.empty());
        try (OpenData open = OpenData.at(data)) {
            assertThat(open.sessions().keys(first, StateKind.GROUP_DOUBT)).containsExactly("7@g.us");
        }
    }

    /** A key that was used twice tells what was written with it. */
    @Test
    void keysThatMayHaveBeenUsedSinceAreGivenUp() {
        byte[] session = SignalSession.none().encode();
        try (OpenData open = OpenData.at(data)) {
            long epoch = open.sessions().claim(first);
            open.sessions()
                    .commit(
                            first,
                            epoch,
                            List.of(
                                    new Change.Put(StateKind.SESSION, "2:0@lid", session),
                                    new Change.Put(StateKind.GROUP_KEY, "7@g.us", new byte[1]),
                                    new Change.Put(StateKind.OUTGOING, "3EB0", new byte[1])),
                            List.of())
                    .toCompletableFuture()
                    .join();
        }
        Backup.write(data, file);
        Backup.restore(data, file, Optional.empty(), Optional.empty());
        try (OpenData open = OpenData.at(data)) {
            assertThat(open.sessions().find(first, StateKind.SESSION, "2:0@lid"))
                    .as("can be read on with")
                    .hasValue(session);
            assertThat(open.sessions().keys(first, StateKind.GROUP_KEY)).isEmpty();
            assertThat(open.sessions().keys(first, StateKind.OUTGOING)).isEmpty();
        }
    }

    @Test
    void messagesThatWaitedTakeTheOperatorsWord() {
        try (OpenData open = OpenData.at(data)) {
            queue(open)
                    .add(
                            first,
                            List.of(new SendQueueTable.Item("3EB0", "1@c.us", "sendMessage", new byte[1])),
                            List.of(messages(open)
                                    .add(
                                            first,
                                            new MessageTable.Entry(
                                                    "3EB0",
                                                    "1@c.us",
                                                    "",
                                                    true,
                                                    "textMessage",
                                                    new byte[1],
                                                    Optional.of("pending"),
                                                    Instant.now()),
                                            List.of())));
        }
        Backup.write(data, file);
        assertThatThrownBy(() -> Backup.restore(data, file, Optional.empty(), Optional.empty()))
                .hasMessageContaining("1 messages that were to be sent")
                .hasMessageContaining("--queue");
        Backup.restore(data, file, Optional.empty(), Optional.of(Backup.Waiting.SEND));
        try (OpenData open = OpenData.at(data)) {
            assertThat(queue(open).count(first)).isEqualTo(1);
        }
        Backup.restore(data, file, Optional.empty(), Optional.of(Backup.Waiting.DROP));
        try (OpenData open = OpenData.at(data)) {
            assertThat(queue(open).count(first)).isZero();
            assertThat(messages(open).find(first, "1@c.us", "3EB0").flatMap(MessageTable.Entry::status))
                    .hasValue("failed");
        }
    }

    private static MessageTable messages(OpenData open) {
        return new MessageTable(
                open.database(), open.vault(), Clock.systemUTC(), Duration.ofDays(30), MessageTable.STANDARD_MOST);
    }

    private static SendQueueTable queue(OpenData open) {
        return new SendQueueTable(open.database(), open.vault(), Clock.systemUTC(), SendQueueTable.STANDARD_MOST);
    }

    @Test
    void whatIsNoBackupOrOfAnotherKeyIsRefusedAndNothingChanges() throws IOException {
        assertThatThrownBy(() -> Backup.restore(data, file, Optional.empty(), Optional.empty()))
                .hasMessage("There is no file " + file + " to restore.");
        Files.writeString(file, "no database ".repeat(1000));
        assertThatThrownBy(() -> Backup.restore(data, file, Optional.empty(), Optional.empty()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("The backup " + file + " can't be restored: ");
        assertThatThrownBy(() -> Backup.write(data, file)).hasMessageContaining("a backup replaces none");
        Files.delete(file);
        Backup.write(data, file);
        assertThatThrownBy(() -> Backup.restore(data, file, MasterKey.ofHex("07".repeat(32)), Optional.empty()))
                .hasMessage("The master key is not the one this database was written with.");
        try (OpenData _ = OpenData.at(data)) {
            assertThatThrownBy(() -> Backup.restore(data, file, Optional.empty(), Optional.empty()))
                    .hasMessageContaining("is in use by another process");
        }
        assertThat(names()).containsExactly("first");
        assertThat(data.resolve("greenfinch.db.new")).doesNotExist();
        assertThatThrownBy(() -> Backup.write(folder.resolve("nowhere"), folder.resolve("b")))
                .hasMessageContaining("There is no database");
    }

    private long add(String name) {
        try (OpenData open = OpenData.at(data)) {
            return add(open, name);
        }
    }

    private static long add(OpenData open, String name) {
        long id = new InstanceTable(open.database(), open.vault())
                .add(name, "a token", "{}", Instant.EPOCH, number -> Optional.empty())
                .id();
        new InstanceNumbers(open.folder()).raise(id);
        return id;
    }

    private List<String> names() {
        try (OpenData open = OpenData.at(data)) {
            return new InstanceTable(open.database(), open.vault())
                    .all().stream().map(StoredInstance::name).toList();
        }
    }
}
