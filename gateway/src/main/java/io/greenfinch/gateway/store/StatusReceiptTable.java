package io.greenfinch.gateway.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The table of who has got, and seen, status updates of ours; of each update so many people at most. Thread-safe; what blocks says so
 * and throws {@link io.greenfinch.client.store.StoreException} when the database refuses.
 *
 * @param kept for how long
 */
public record StatusReceiptTable(Database database, Clock clock, Duration kept) {

    /** More people than can see one. */
    private static final int MOST = 2_000;

    /**
     * How far an update has come with somebody.
     *
     * @param person as the API writes them
     * @param status as the API calls it
     */
    public record Receipt(String person, String status, Instant at) {

        /** Who sees what stays out of logs. */
        @Override
        public String toString() {
            return "Receipt[" + status + "]";
        }
    }

    /**
     * Somebody has got, or seen, an update; nothing is done when no such update was sent, or is known to have come so far already.
     *
     * @param first the status that another one may follow
     */
    public Row add(long instance, String id, Receipt receipt, String first) {
        return new Row(handle -> handle.execute(
                "INSERT INTO status_receipt (instance, id, person, status, at, created_at) "
                        + "SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM message WHERE instance = ? AND id = ? "
                        + "AND chat = ? AND +outgoing = 1) AND (SELECT COUNT(*) FROM status_receipt "
                        + "WHERE instance = ? AND id = ?) < ? "
                        + "ON CONFLICT (instance, id, person) DO UPDATE SET status = excluded.status, at = excluded.at "
                        + "WHERE status_receipt.status = ? AND excluded.status <> ?",
                instance,
                id,
                receipt.person,
                receipt.status,
                receipt.at.toEpochMilli(),
                clock.millis(),
                instance,
                id,
                MessageTable.STATUSES,
                instance,
                id,
                MOST,
                first,
                first));
    }

    /** How far an update has come with each who has told, the first first; blocks. */
    public List<Receipt> of(long instance, String id) {
        return database.read(handle -> handle.list(
                "SELECT person, status, at FROM status_receipt WHERE instance = ? AND id = ? ORDER BY at, person",
                row -> new Receipt(
                        row.getString("person"), row.getString("status"), Instant.ofEpochMilli(row.getLong("at"))),
                instance,
                id));
    }

    /** All of an instance are forgotten. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM status_receipt WHERE instance = ?", instance));
    }

    /**
     * Forgets those that have had their time, at most so many; blocks.
     *
     * @return how many
     */
    public int sweep(int batch) {
        return database.writeNow(handle -> handle.execute(
                "DELETE FROM status_receipt WHERE (instance, id, person) IN (SELECT instance, id, person "
                        + "FROM status_receipt WHERE created_at <= ? ORDER BY created_at LIMIT ?)",
                clock.millis() - kept.toMillis(),
                batch));
    }
}
