package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The table of what happened in each instance, for streams: kept for a day, whatever the settings are and whoever has been
 * told. An event is entered once, however often its cause comes. When the entries of an instance weigh too much its oldest
 * go. Thread-safe.
 *
 * @param maxWeight bytes that the entries of one instance may weigh
 */
public record EventLogTable(Database database, Vault vault, Clock clock, long maxWeight) {

    /** How long an entry is kept. */
    public static final Duration LIFE = Duration.ofHours(24);

    /** What the entries of an instance may weigh as a rule: with what each weighs at least, some 65,000 of them. */
    public static final long STANDARD_WEIGHT = 32L << 20;

    /** The kind that one has whose body is damaged. */
    public static final String GAP = "gap";

    private static final byte[] NOTHING = {'{', '}'};

    /** What an entry weighs beside its body. */
    static final long OVERHEAD = 512;

    /** The oldest are looked for each time that a log has grown by so much: it may be too large by that. */
    private static final long STEP = 64 << 10;

    /**
     * An entry.
     *
     * @param begin the position that the entry before it had when it came
     * @param position where it stands in the log of its instance: later entries have higher ones
     * @param kind what its body is, as its owner says
     */
    public record Entry(long begin, long position, String eventId, String kind, byte[] body, Instant at) {

        /** What happened stays out of logs. */
        @Override
        public String toString() {
            return "Entry[" + position + ", " + kind + " at " + at + "]";
        }
    }

    /**
     * Enters an event, and does what is to be done with it; neither when the log has it.
     *
     * @param at when it happened
     * @param with what else is stored of it
     */
    public Row add(long instance, String eventId, String kind, byte[] body, Instant at, List<Row> with) {
        byte[] sealed = vault.seal(body, purpose(instance, eventId));
        long weight = sealed.length + OVERHEAD;
        long now = clock.millis();
        return new Row(handle -> {
            int added = handle.execute(
                    "INSERT INTO event_log (instance, event_id, position, kind, body_sealed, at, created_at) "
                            + "VALUES (?, ?, COALESCE((SELECT position FROM event_log_end WHERE instance = ?), 0) + ?, "
                            + "?, ?, ?, ?) ON CONFLICT (instance, event_id) DO NOTHING",
                    instance,
                    eventId,
                    instance,
                    weight,
                    kind,
                    sealed,
                    at.toEpochMilli(),
                    now);
            if (added == 1) {
                grow(handle, instance, weight);
                with.forEach(row -> row.work().on(handle));
            }
            return added;
        });
    }

    private void grow(Handle handle, long instance, long weight) {
        long end = handle.number(
                "INSERT INTO event_log_end (instance, position) VALUES (?, ?) ON CONFLICT (instance) "
                        + "DO UPDATE SET position = event_log_end.position + excluded.position RETURNING position",
                instance,
                weight);
        if (end > maxWeight && end / STEP != (end - weight) / STEP) {
            handle.execute("DELETE FROM event_log WHERE instance = ? AND position <= ?", instance, end - maxWeight);
        }
    }

    /**
     * The entries behind a position, the oldest first; blocks. Of those that are damaged only the place is told.
     *
     * @throws StoreException when they can't be read
     */
    public List<Entry> after(long instance, long position, int count) {
        return database.read(handle -> handle.list(
                "SELECT position, event_id, kind, body_sealed, at FROM event_log "
                        + "WHERE instance = ? AND position > ? AND created_at > ? ORDER BY position LIMIT ?",
                row -> read(instance, row),
                instance,
                position,
                clock.millis() - LIFE.toMillis(),
                count));
    }

    /** The last entries, the newest first; blocks. Of those that are damaged only the place is told. */
    public List<Entry> latest(long instance, int count) {
        return database.read(handle -> handle.list(
                "SELECT position, event_id, kind, body_sealed, at FROM event_log "
                        + "WHERE instance = ? AND created_at > ? ORDER BY position DESC LIMIT ?",
                row -> read(instance, row),
                instance,
                clock.millis() - LIFE.toMillis(),
                count));
    }

    /** The position of the last entry that ever came, 0 before the first; blocks. */
    public long end(long instance) {
        return database.read(handle -> end(handle, instance));
    }

    private static long end(Handle handle, long instance) {
        return handle
                .list("SELECT position FROM event_log_end WHERE instance = ?", row -> row.getLong("position"), instance)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** The lowest position behind which nothing is missing; blocks. */
    public long begin(long instance) {
        return database.read(handle -> handle
                .list(
                        "SELECT position - LENGTH(body_sealed) AS first FROM event_log "
                                + "WHERE instance = ? AND created_at > ? ORDER BY position LIMIT 1",
                        row -> row.getLong("first") - OVERHEAD,
                        instance,
                        clock.millis() - LIFE.toMillis())
                .stream()
                .findFirst()
                .orElseGet(() -> end(handle, instance)));
    }

    private Entry read(long instance, ResultSet row) throws SQLException {
        long position = row.getLong("position");
        byte[] sealed = row.getBytes("body_sealed");
        long begin = position - (sealed == null ? 0 : sealed.length) - OVERHEAD;
        String eventId = row.getString("event_id");
        String kind = row.getString("kind");
        Instant at = Instant.ofEpochMilli(row.getLong("at"));
        return vault.readable(sealed, purpose(instance, eventId))
                .map(body -> new Entry(begin, position, eventId, kind, body, at))
                .orElseGet(() -> new Entry(begin, position, eventId, GAP, NOTHING, at));
    }

    /**
     * Forgets entries that have had their day, at most so many; blocks.
     *
     * @return how many
     * @throws StoreException when the database refuses
     */
    public int sweep(int most) {
        long limit = clock.millis() - LIFE.toMillis();
        return database.writeNow(handle -> handle.execute(
                "DELETE FROM event_log WHERE (instance, position) IN (SELECT instance, position FROM event_log "
                        + "WHERE created_at <= ? ORDER BY created_at LIMIT ?)",
                limit,
                most));
    }

    private static String purpose(long instance, String eventId) {
        return "event log " + instance + " " + eventId;
    }
}
