package io.greenfinch.gateway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table of phone calls that have ended. Kept for a time, and of each instance so many at most; then the oldest go. Thread-safe; what
 * blocks says so and throws {@link io.greenfinch.client.store.StoreException} when the database refuses.
 *
 * @param kept for how long
 * @param most how many of an instance
 */
public record CallTable(Database database, Clock clock, Duration kept, long most) {

    /** How many calls of an instance are kept as a rule: the most that the journals tell, of either direction. */
    public static final long STANDARD_MOST = 20_000;

    /** How many come between two looks for those that are too many: there may be so many more. */
    private static final long STEP = 64;

    /** Those of one direction since a moment. */
    static final String SINCE = "SELECT id, chat, outgoing, video, in_group, status, seconds, at FROM phone_call "
            + "WHERE instance = ? AND outgoing = ? AND at >= ? AND created_at > ? ORDER BY at DESC, number DESC LIMIT ?";

    /**
     * A call.
     *
     * @param chat where, as the API writes it
     * @param status what became of it, as the API calls it
     * @param talked how long a call of our own lasted
     * @param at when it ended
     */
    public record Entry(
            String id,
            String chat,
            boolean outgoing,
            boolean video,
            boolean group,
            String status,
            Duration talked,
            Instant at) {

        /** Who calls whom stays out of logs. */
        @Override
        public String toString() {
            return "Entry[" + id + " " + status + "]";
        }
    }

    /** Enters a call, and does what is to be done with it; neither when it is there already. */
    public Row add(long instance, Entry entry, List<Row> with) {
        return new Row(handle -> {
            Optional<Long> number = handle.first(
                    "INSERT INTO phone_call (instance, id, chat, number, outgoing, video, in_group, status, seconds, "
                            + "at, created_at) VALUES (?, ?, ?, COALESCE((SELECT MAX(number) FROM phone_call "
                            + "WHERE instance = ?), 0) + 1, ?, ?, ?, ?, ?, ?, ?) "
                            + "ON CONFLICT (instance, id, chat) DO NOTHING RETURNING number",
                    RowReader.NUMBER,
                    instance,
                    entry.id,
                    entry.chat,
                    instance,
                    entry.outgoing ? 1 : 0,
                    entry.video ? 1 : 0,
                    entry.group ? 1 : 0,
                    entry.status,
                    entry.talked.toSeconds(),
                    entry.at.toEpochMilli(),
                    clock.millis());
            number.ifPresent(last -> {
                fit(handle, instance, last);
                with.forEach(row -> row.work().on(handle));
            });
            return number;
        });
    }

    private void fit(Handle handle, long instance, long last) {
        if (last > most && last % STEP == 0) {
            handle.execute("DELETE FROM phone_call WHERE instance = ? AND number <= ?", instance, last - most);
        }
    }

    /** The calls of one direction since a moment, the newest first, at most so many; blocks. */
    public List<Entry> since(long instance, boolean outgoing, Instant since, int limit) {
        return database.read(handle ->
                handle.list(SINCE, CallTable::read, instance, outgoing ? 1 : 0, since.toEpochMilli(), oldest(), limit));
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("id"),
                row.getString("chat"),
                row.getInt("outgoing") == 1,
                row.getInt("video") == 1,
                row.getInt("in_group") == 1,
                row.getString("status"),
                Duration.ofSeconds(row.getLong("seconds")),
                Instant.ofEpochMilli(row.getLong("at")));
    }

    /** All of an instance are forgotten. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM phone_call WHERE instance = ?", instance));
    }

    /**
     * Forgets those that have had their time, at most so many; blocks.
     *
     * @return how many
     */
    public int sweep(int batch) {
        return database.writeNow(handle -> handle.execute(
                "DELETE FROM phone_call WHERE (instance, number) IN (SELECT instance, number FROM phone_call "
                        + "WHERE created_at <= ? ORDER BY created_at LIMIT ?)",
                oldest(),
                batch));
    }

    private long oldest() {
        return clock.millis() - kept.toMillis();
    }
}
