package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies beside a SQLite database and tells whether it is all there: a file that says that there was one, and whether the
 * process that had it ended in order, and another with the last number that an instance was given. A folder without its
 * database, or with an old one, is refused instead of being begun anew. For one thread.
 */
final class DatabaseState {

    private static final Logger log = LoggerFactory.getLogger(DatabaseState.class);

    private static final String OPEN = "open\n";
    private static final String CLOSED = "closed\n";

    private final DataFolder folder;
    private final InstanceNumbers numbers;

    DatabaseState(DataFolder folder) {
        this.folder = folder;
        this.numbers = new InstanceNumbers(folder);
    }

    /**
     * Looks at the files before they are opened.
     *
     * @throws UnusableDataException when a file is missing or empty that was there
     */
    void checkFiles() throws IOException {
        look(folder.files());
        Path state = folder.files().databaseState();
        if (Files.exists(state) && !Files.readString(state).equals(CLOSED)) {
            write(CLOSED); // should this start end early, its connections may have done away with the log
        }
    }

    /**
     * The same, and nothing is written.
     *
     * @throws UnusableDataException when a file is missing or empty that was there
     */
    static void look(DataFiles files) throws IOException {
        Path state = files.databaseState();
        Path database = files.database();
        List<Path> traces =
                Stream.of(state, files.leaveIntents()).filter(Files::exists).toList();
        if (!traces.isEmpty() && (Files.notExists(database) || Files.size(database) == 0)) {
            throw lost(
                    "The database " + database + " is " + (Files.exists(database) ? "empty" : "missing")
                            + " although its folder had one",
                    traces);
        }
        if (Files.exists(state) && Files.readString(state).equals(OPEN) && Files.notExists(files.log())) {
            throw lost(
                    "The log " + files.log() + " is missing, and with it the latest of what the database had",
                    List.of(state));
        }
    }

    /**
     * Compares the numbers of instances, before any is given.
     *
     * @throws UnusableDataException when the database lacks instances that were made
     */
    void checkNumbers(Handle handle) throws IOException {
        long given = InstanceNumbers.given(handle);
        long last = numbers.last();
        if (given < last && Files.exists(folder.files().databaseState())) {
            throw lost(
                    "The database " + folder.files().database() + " is older than its folder: it lacks instance "
                            + last,
                    List.of(folder.files().databaseState()));
        }
        InstanceNumbers.giveAbove(handle, last);
        numbers.raise(given);
    }

    private static UnusableDataException lost(String what, List<Path> traces) {
        String files = traces.stream().map(Path::toString).collect(Collectors.joining(" and "));
        return new UnusableDataException(what + "; put it back, or restore a backup with the command 'restore FILE', "
                + "or delete " + files + " to go on without.");
    }

    /** The database is in use: from now on its log is there. */
    void opened() throws IOException {
        write(OPEN);
    }

    /** Everything is written, and the log may go with the last connection. */
    void closed() {
        try {
            write(CLOSED);
        } catch (IOException e) {
            log.warn("The file {} can't be written: {}", folder.files().databaseState(), e.toString());
        }
    }

    private void write(String state) throws IOException {
        PrivateFiles.replace(folder.files().databaseState(), state.getBytes(StandardCharsets.US_ASCII));
    }
}
