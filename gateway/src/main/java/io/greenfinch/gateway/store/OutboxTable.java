package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The table of notifications that nobody has taken yet: one queue for each instance, in the order in which they were
 * committed, each for a day (green-api.md §1.7). It has room for so many of an instance; then the oldest go. Thread-safe;
 * what blocks says so and throws {@link StoreException} when the database refuses.
 */
public record OutboxTable(Database database, Vault vault, Clock clock, Bounds bounds) {

    /** How long a notification waits. */
    public static final Duration LIFE = Duration.ofHours(24);

    /** What one weighs beside its body. */
    static final long OVERHEAD = 256;

    private static final Duration BETWEEN_CLEARINGS = Duration.ofSeconds(60);

    /** What the outbox of one instance has room for. */
    public record Bounds(long count, long bytes) {

        public static final Bounds STANDARD = new Bounds(100_000, 64L << 20);
    }

    /**
     * What an outbox holds now.
     *
     * @param dropped how many went just now for want of room
     */
    public record Filling(long kept, long bytes, long dropped) {}

    /**
     * The next one of an outbox.
     *
     * @param body empty when it is damaged
     * @param attempts how often a webhook did not take it
     * @param nextAttempt when the next one is due; empty before the first
     */
    public record Waiting(
            long receipt, String eventId, Optional<byte[]> body, int attempts, Optional<Instant> nextAttempt) {

        /** What is told stays out of logs. */
        @Override
        public String toString() {
            return "Waiting[" + receipt + ", " + eventId + "]";
        }
    }

    /** A row by itself; durable when this returns. */
    public void write(Row row) {
        database.writeNow(row.work());
    }

    /**
     * Puts a notification at the end of an outbox, unless it holds one of this event.
     *
     * @param seen told in the transaction, of the last attempt at the latest, what the outbox holds then
     */
    public Row add(long instance, String eventId, byte[] body, Consumer<Filling> seen) {
        byte[] sealed = vault.seal(body, purpose(instance, eventId));
        long now = clock.millis();
        return new Row(handle -> {
            int added = handle.execute(
                    "INSERT INTO outbox (instance, event_id, receipt, body_sealed, created_at) VALUES (?, ?, "
                            + "COALESCE((SELECT last_receipt FROM outbox_tally WHERE instance = ?), 0) + 1, ?, ?) "
                            + "ON CONFLICT (instance, event_id) DO NOTHING",
                    instance,
                    eventId,
                    instance,
                    sealed,
                    now);
            if (added == 1) {
                seen.accept(fit(handle, instance, count(handle, instance, sealed.length + OVERHEAD)));
            }
            return added;
        });
    }

    private static Filling count(Handle handle, long instance, long weight) {
        return handle.first(
                        "INSERT INTO outbox_tally (instance, last_receipt, kept, weight) VALUES (?, 1, 1, ?) "
                                + "ON CONFLICT (instance) DO UPDATE SET last_receipt = outbox_tally.last_receipt + 1, "
                                + "kept = outbox_tally.kept + 1, weight = outbox_tally.weight + excluded.weight "
                                + "RETURNING kept, weight",
                        row -> new Filling(row.getLong(1), row.getLong(2), 0),
                        instance,
                        weight)
                .orElseThrow();
    }

    private Filling fit(Handle handle, long instance, Filling filled) {
        long kept = filled.kept;
        long bytes = filled.bytes;
        while (kept > bounds.count || bytes > bounds.bytes) {
            Optional<Long> oldest = oldest(handle, instance);
            if (oldest.isEmpty()) {
                break;
            }
            bytes -= take(handle, instance, oldest.get());
            kept--;
        }
        return new Filling(kept, bytes, filled.kept - kept);
    }

    private static Optional<Long> oldest(Handle handle, long instance) {
        return handle.first(
                "SELECT receipt FROM outbox WHERE instance = ? ORDER BY receipt LIMIT 1", RowReader.NUMBER, instance);
    }

    /** Removes one; returns what it weighed, 0 when it is not there. */
    private static long take(Handle handle, long instance, long receipt) {
        long weight = handle.first(
                        "DELETE FROM outbox WHERE instance = ? AND receipt = ? RETURNING LENGTH(body_sealed)",
                        RowReader.NUMBER,
                        instance,
                        receipt)
                .map(length -> length + OVERHEAD)
                .orElse(0L);
        if (weight > 0) {
            handle.execute(
                    "UPDATE outbox_tally SET kept = kept - 1, weight = weight - ? WHERE instance = ?",
                    weight,
                    instance);
        }
        return weight;
    }

    /** The oldest one of an instance; blocks. */
    public Optional<Waiting> first(long instance) {
        return database.read(handle -> handle.first(
                "SELECT o.receipt, o.event_id, o.body_sealed, d.attempts, d.next_at FROM outbox o "
                        + "LEFT JOIN webhook_delivery d ON d.instance = o.instance AND d.receipt = o.receipt "
                        + "WHERE o.instance = ? AND o.created_at > ? ORDER BY o.receipt LIMIT 1",
                row -> read(instance, row),
                instance,
                clock.millis() - LIFE.toMillis()));
    }

    private Waiting read(long instance, ResultSet row) throws SQLException {
        String eventId = row.getString("event_id");
        int attempts = row.getInt("attempts");
        Optional<Instant> next =
                attempts == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.getLong("next_at")));
        return new Waiting(
                row.getLong("receipt"),
                eventId,
                vault.readable(row.getBytes("body_sealed"), purpose(instance, eventId)),
                attempts,
                next);
    }

    /** Removes one that was taken; blocks. False when it is not there. */
    public boolean remove(long instance, long receipt) {
        return database.writeNow(handle -> {
            handle.execute("DELETE FROM webhook_delivery WHERE instance = ? AND receipt = ?", instance, receipt);
            return take(handle, instance, receipt) > 0;
        });
    }

    /** Notes that the webhook did not take this one; blocks. */
    public void failed(long instance, long receipt, int attempts, String error, Instant next) {
        database.writeNow(handle -> handle.execute(
                "INSERT INTO webhook_delivery (instance, receipt, attempts, error, next_at) VALUES (?, ?, ?, ?, ?) "
                        + "ON CONFLICT (instance) DO UPDATE SET receipt = excluded.receipt, "
                        + "attempts = excluded.attempts, error = excluded.error, next_at = excluded.next_at",
                instance,
                receipt,
                attempts,
                error.substring(0, Math.min(error.length(), 255)),
                next.toEpochMilli()));
    }

    /** Forgets that a webhook of an instance did not take something; blocks. */
    public void forgive(long instance) {
        database.writeNow(handle -> handle.execute("DELETE FROM webhook_delivery WHERE instance = ?", instance));
    }

    /**
     * What a webhook does not take.
     *
     * @param attempts how often
     * @param error what was wrong the last time
     * @param next when it is sent again
     */
    public record Trouble(int attempts, String error, Instant next) {}

    /** What the webhook of an instance does not take at this moment; blocks. Empty while all is well. */
    public Optional<Trouble> trouble(long instance) {
        return database.read(handle -> handle.first(
                "SELECT d.attempts, d.error, d.next_at FROM webhook_delivery d "
                        + "JOIN outbox o ON o.instance = d.instance AND o.receipt = d.receipt "
                        + "WHERE d.instance = ? AND d.attempts > 0",
                row -> new Trouble(
                        row.getInt("attempts"), row.getString("error"), Instant.ofEpochMilli(row.getLong("next_at"))),
                instance));
    }

    /** How many an instance has; blocks. */
    public long count(long instance) {
        return database.read(handle -> handle.number(
                "SELECT COUNT(*) FROM outbox WHERE instance = ? AND created_at > ?",
                instance,
                clock.millis() - LIFE.toMillis()));
    }

    /** How many all instances have together, those included that wait to be swept; blocks. */
    public long countAll() {
        return database.read(handle -> handle.number("SELECT COALESCE(SUM(kept), 0) FROM outbox_tally"));
    }

    /** The instances that have any; blocks. */
    public List<Long> waiting() {
        return database.read(
                handle -> handle.list("SELECT instance FROM outbox_tally WHERE kept > 0", RowReader.NUMBER));
    }

    /**
     * Empties an outbox, unless that was done a moment ago; blocks.
     *
     * @return how long to wait before it can be done; zero when it was done
     */
    public Duration clear(long instance) {
        long now = clock.millis();
        return database.writeNow(handle -> {
            long age = handle.first(
                            "SELECT cleared_at FROM outbox_tally WHERE instance = ?", RowReader.NUMBER, instance)
                    .map(cleared -> now - cleared)
                    .orElse(Long.MAX_VALUE);
            // A clock that was set back must not lock callers out.
            if (age >= 0 && age < BETWEEN_CLEARINGS.toMillis()) {
                return BETWEEN_CLEARINGS.minusMillis(age);
            }
            handle.execute("DELETE FROM outbox WHERE instance = ?", instance);
            handle.execute(
                    "INSERT INTO outbox_tally (instance, last_receipt, kept, weight, cleared_at) VALUES (?, 0, 0, 0, ?) "
                            + "ON CONFLICT (instance) DO UPDATE SET kept = 0, weight = 0, "
                            + "cleared_at = excluded.cleared_at",
                    instance,
                    now);
            return Duration.ZERO;
        });
    }

    /** The instances whose oldest one goes within this time for its age; blocks. */
    public List<Long> ageing(Duration within) {
        return database.read(handle -> handle.list(
                "SELECT DISTINCT instance FROM outbox WHERE created_at <= ?",
                RowReader.NUMBER,
                clock.millis() - LIFE.minus(within).toMillis()));
    }

    /**
     * Drops those that have had their day, at most so many; blocks.
     *
     * @return how many
     */
    public int sweep(int most) {
        long limit = clock.millis() - LIFE.toMillis();
        return database.writeNow(handle -> handle
                .list(
                        "SELECT instance, receipt FROM outbox WHERE created_at <= ? ORDER BY created_at LIMIT ?",
                        row -> new long[] {row.getLong(1), row.getLong(2)},
                        limit,
                        most)
                .stream()
                .mapToInt(old -> take(handle, old[0], old[1]) > 0 ? 1 : 0)
                .sum());
    }

    private static String purpose(long instance, String eventId) {
        return "outbox " + instance + " " + eventId;
    }
}
