package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table of messages that callers gave us and WhatsApp has not accepted yet: one queue for each instance, in the order in
 * which they were given, each for a day (green-api.md §1.6). Thread-safe; what blocks says so and throws {@link StoreException}
 * when the database refuses.
 *
 * @param most what the queue of one instance has room for
 */
public record SendQueueTable(Database database, Vault vault, Clock clock, long most) {

    /** How long a message waits. */
    public static final Duration LIFE = Duration.ofHours(24);

    /** What the queue of an instance has room for as a rule. */
    public static final long STANDARD_MOST = 10_000;

    /**
     * A message that waits.
     *
     * @param type the method that it was given by
     * @param body what was given, as its owner writes it
     */
    public record Item(String id, String chat, String type, byte[] body) {

        /** Who writes to whom, and what, stays out of logs. */
        @Override
        public String toString() {
            return "Item[" + id + "]";
        }
    }

    /**
     * Puts a message at the end of a queue, together with other rows; blocks. Durable when this returns.
     *
     * @return whether there was room; else nothing is stored
     */
    public boolean add(long instance, Item item, List<Row> with) {
        byte[] sealed = vault.seal(item.body, purpose(instance, item.id));
        long now = clock.millis();
        return database.writeNow(handle -> {
            long last = end(handle, "MAX", instance);
            // Taken from the front, they lie without holes: a difference is their count.
            if (last > 0 && last - end(handle, "MIN", instance) + 1 >= most) {
                return false;
            }
            handle.execute(
                    "INSERT INTO send_queue (instance, number, message_id, chat, type, body_sealed, created_at) "
                            + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    instance,
                    last + 1,
                    item.id,
                    item.chat,
                    item.type,
                    sealed,
                    now);
            with.forEach(row -> row.work().on(handle));
            return true;
        });
    }

    private static long end(Handle handle, String which, long instance) {
        return handle.number("SELECT COALESCE(" + which + "(number), 0) FROM send_queue WHERE instance = ?", instance);
    }

    /** The oldest messages that wait, the oldest first; blocks. Those that are damaged are left out. */
    public List<Item> first(long instance, int count) {
        return database.read(handle -> handle
                .list(
                        "SELECT message_id, chat, type, body_sealed FROM send_queue "
                                + "WHERE instance = ? AND created_at > ? ORDER BY number LIMIT ?",
                        row -> read(instance, row),
                        instance,
                        clock.millis() - LIFE.toMillis(),
                        count)
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<Item> read(long instance, ResultSet row) throws SQLException {
        String id = row.getString("message_id");
        String chat = row.getString("chat");
        String type = row.getString("type");
        return vault.readable(row.getBytes("body_sealed"), purpose(instance, id))
                .map(body -> new Item(id, chat, type, body));
    }

    /** How many wait; blocks. */
    public long count(long instance) {
        return database.read(handle -> handle.number(
                "SELECT COUNT(*) FROM send_queue WHERE instance = ? AND created_at > ?",
                instance,
                clock.millis() - LIFE.toMillis()));
    }

    /** The instances that have any; blocks. */
    public List<Long> waiting() {
        return database.read(handle -> handle.list("SELECT DISTINCT instance FROM send_queue", RowReader.NUMBER));
    }

    /** A message waits no longer. */
    public Row removal(long instance, String id) {
        return new Row(
                handle -> handle.execute("DELETE FROM send_queue WHERE instance = ? AND message_id = ?", instance, id));
    }

    /** None of an instance waits any longer. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM send_queue WHERE instance = ?", instance));
    }

    /** A message waits no longer; blocks. */
    public void remove(long instance, String id) {
        database.writeNow(removal(instance, id).work());
    }

    /**
     * Empties a queue; blocks.
     *
     * @param with what else is done for each message, by its id; asked for in the transaction
     */
    public List<String> clear(long instance, Function<String, Row> with) {
        return database.writeNow(handle -> {
            List<String> ids = handle.list(
                    "DELETE FROM send_queue WHERE instance = ? RETURNING message_id", RowReader.TEXT, instance);
            ids.forEach(id -> with.apply(id).work().on(handle));
            return ids;
        });
    }

    /** A message whose day is over. */
    public record Late(long instance, String id) {}

    /** Messages whose day is over, at most so many; blocks. */
    public List<Late> late(int batch) {
        return database.read(handle -> handle.list(
                "SELECT instance, message_id FROM send_queue WHERE created_at <= ? ORDER BY created_at LIMIT ?",
                row -> new Late(row.getLong(1), row.getString(2)),
                clock.millis() - LIFE.toMillis(),
                batch));
    }

    /** Does away with a message whose day is over, together with other rows; blocks. */
    public void drop(Late late, List<Row> with) {
        database.writeNow(handle -> {
            int removed = handle.execute(
                    "DELETE FROM send_queue WHERE instance = ? AND message_id = ?", late.instance, late.id);
            if (removed > 0) {
                with.forEach(row -> row.work().on(handle));
            }
            return removed;
        });
    }

    private static String purpose(long instance, String id) {
        return "send queue " + instance + " " + id;
    }
}
