package io.greenfinch.gateway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of files that are reached under links of ours, each for so long; where their bytes are is not known here. Thread-safe;
 * what blocks says so and throws {@link io.greenfinch.client.store.StoreException} when the database refuses.
 *
 * @param kept for how long
 */
public record FileTable(Database database, Vault vault, Clock clock, Duration kept) {

    /** For how long a link leads somewhere (green-api.md §5.3). */
    public static final Duration STANDARD_LIFE = Duration.ofDays(15);

    private static final long ELSEWHERE = -1;
    private static final long LEAST_WEIGHT = 4096;

    private static final String COLUMNS = "SELECT id, instance, description_sealed, size, created_at FROM stored_file ";

    /**
     * A file.
     *
     * @param description what its owner says of it
     * @param size in bytes; empty as long as it is not here
     * @param since when its link was made
     */
    public record Entry(String id, long instance, byte[] description, Optional<Long> size, Instant since) {

        /** What files are called stays out of logs. */
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** A file has a link from now on. */
    public Row add(Entry entry) {
        byte[] sealed = vault.seal(entry.description, purpose(entry.id));
        return new Row(handle -> handle.execute(
                "INSERT INTO stored_file (id, instance, description_sealed, size, created_at) VALUES (?, ?, ?, ?, ?)",
                entry.id,
                entry.instance,
                sealed,
                entry.size.orElse(ELSEWHERE),
                entry.since.toEpochMilli()));
    }

    /** Stores a row, together with another; blocks. */
    public void store(Row row, Optional<Row> with) {
        database.writeNow(handle -> {
            with.ifPresent(other -> other.work().on(handle));
            return row.work().on(handle);
        });
    }

    /** The file under a link that leads somewhere; blocks. */
    public Optional<Entry> find(long instance, String id) {
        return database
                .read(handle -> handle.list(
                        COLUMNS + "WHERE id = ? AND instance = ? AND created_at > ?",
                        this::read,
                        id,
                        instance,
                        oldest()))
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Entry> read(ResultSet row) throws SQLException {
        String id = row.getString("id");
        long instance = row.getLong("instance");
        Optional<Long> size = Optional.of(row.getLong("size")).filter(bytes -> bytes >= 0);
        Instant since = Instant.ofEpochMilli(row.getLong("created_at"));
        return vault.readable(row.getBytes("description_sealed"), purpose(id))
                .map(description -> new Entry(id, instance, description, size, since));
    }

    /** A file is here now; blocks. False when its link leads nowhere any more. */
    public boolean arrived(String id, long size) {
        return database.writeNow(handle -> handle.execute("UPDATE stored_file SET size = ? WHERE id = ?", size, id))
                > 0;
    }

    /** The links of an instance lead nowhere any more. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM stored_file WHERE instance = ?", instance));
    }

    /** A link lives as long as a new one from now on; blocks. */
    public void renew(String id) {
        database.writeNow(
                handle -> handle.execute("UPDATE stored_file SET created_at = ? WHERE id = ?", clock.millis(), id));
    }

    /** What a file weighs: an empty one, too, takes room on a disk. */
    public static long weight(long size) {
        return Math.max(size, LEAST_WEIGHT);
    }

    /** What all files that are here weigh together, in bytes; blocks. */
    public long weight() {
        return database.read(handle -> handle.number("SELECT COALESCE(SUM(CASE WHEN size < " + LEAST_WEIGHT + " THEN "
                + LEAST_WEIGHT + " ELSE size END), 0) FROM stored_file WHERE size >= 0"));
    }

    /**
     * Forgets links that have had their time, at most so many; blocks.
     *
     * @return how many
     */
    public int sweep(int batch) {
        return database.writeNow(handle -> handle.execute(
                "DELETE FROM stored_file WHERE id IN (SELECT id FROM stored_file "
                        + "WHERE created_at <= ? ORDER BY created_at LIMIT ?)",
                oldest(),
                batch));
    }

    /** Those of some ids that lead nowhere; blocks. */
    public List<String> unknown(List<String> ids) {
        return database.read(handle -> ids.stream()
                .filter(id -> handle.number("SELECT COUNT(*) FROM stored_file WHERE id = ? AND size >= 0", id) == 0)
                .toList());
    }

    private long oldest() {
        return clock.millis() - kept.toMillis();
    }

    private static String purpose(String id) {
        return "file " + id;
    }
}
