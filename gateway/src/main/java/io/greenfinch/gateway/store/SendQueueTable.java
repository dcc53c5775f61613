package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final String ITEMS = "SELECT message_id, chat, type, body_sealed FROM send_queue ";

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
     * Puts messages at the end of a queue, all or none, together with other rows; blocks. Durable when this returns.
     *
     * @return whether there was room; else nothing is stored
     */
    public boolean add(long instance, List<Item> items, List<Row> with) {
        List<byte[]> sealed = items.stream()
                .map(item -> vault.seal(item.body, purpose(instance, item.id)))
                .toList();
        long now = clock.millis();
        return database.writeNow(handle -> {
            long last = end(handle, "MAX", instance);
            // Mostly they lie without holes, as they are taken from the front: then the difference is their count.
            long span = last == 0 ? 0 : last - end(handle, "MIN", instance) + 1;
            if (span + items.size() > most
                    && handle.number("SELECT COUNT(*) FROM send_queue WHERE instance = ?", instance) + items.size()
                            > most) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                handle.execute(
                        "INSERT INTO send_queue (instance, number, message_id, chat, type, body_sealed, created_at) "
                                + "VALUES (?, ?, ?, ?, ?, ?, ?)",
                        instance,
                        last + 1 + i,
                        items.get(i).id,
                        items.get(i).chat,
                        items.get(i).type,
                        sealed.get(i),
                        now);
            }
            with.forEach(row -> row.work().on(handle));
            return true;
        });
    }

    private static long end(Handle handle, String which, long instance) {
        return handle.number("SELECT COALESCE(" + which + "(number), 0) FROM send_queue WHERE instance = ?", instance);
    }

    /** The oldest messages that wait, the oldest first; blocks. Those that are damaged are left out. */
    public List<Item> first(long instance, int count) {
        return list(
                instance,
                ITEMS + "WHERE instance = ? AND created_at > ? ORDER BY number LIMIT ?",
                instance,
                clock.millis() - LIFE.toMillis(),
                count);
    }

    /** The first message of each chat, the oldest first, of so many chats; blocks. */
    public List<Item> heads(long instance, int count) {
        long oldest = clock.millis() - LIFE.toMillis();
        return list(
                instance,
                ITEMS + "WHERE instance = ? AND number IN (SELECT MIN(number) FROM send_queue "
                        + "WHERE instance = ? AND created_at > ? GROUP BY chat ORDER BY MIN(number) LIMIT ?) "
                        + "ORDER BY number",
                instance,
                instance,
                oldest,
                count);
    }

    private List<Item> list(long instance, String query, Object... values) {
        return database.read(handle -> handle.list(query, row -> read(instance, row), values).stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** Those of some messages that wait; blocks. */
    public Set<String> among(long instance, Set<String> ids) {
        List<Object> values = new ArrayList<>(List.of(instance));
        values.addAll(ids);
        String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return Set.copyOf(database.read(handle -> handle.list(
                "SELECT message_id FROM send_queue WHERE instance = ? AND message_id IN (" + places + ")",
                RowReader.TEXT,
                values.toArray())));
    }

    private Optional<Item> read(long instance, ResultSet row) throws SQLException {
        String id = row.getString("message_id");
        String chat = row.getString("chat");
        String type = row.getString("type");
        return vault.readable(row.getBytes("body_sealed"), purpose(instance, id))
                .map(body -> new Item(id, chat, type, body));
    }

    /** A message that waits, as it is now; blocks. */
    public Optional<Item> find(long instance, String id) {
        return list(instance, ITEMS + "WHERE instance = ? AND message_id = ?", instance, id).stream()
                .findFirst();
    }

    /** A message that waits gets another body, together with other rows; nothing is done when it waits no longer; blocks. */
    public void rewrite(long instance, String id, byte[] body, List<Row> with) {
        byte[] sealed = vault.seal(body, purpose(instance, id));
        database.writeNow(handle -> {
            int changed = handle.execute(
                    "UPDATE send_queue SET body_sealed = ? WHERE instance = ? AND message_id = ?",
                    sealed,
                    instance,
                    id);
            if (changed > 0) {
                with.forEach(row -> row.work().on(handle));
            }
            return changed;
        });
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

    /** What waits for one chat waits for another one from now on: both are names of the same. */
    public Row renamed(long instance, String chat, String name) {
        return new Row(handle ->
                handle.execute("UPDATE send_queue SET chat = ? WHERE instance = ? AND chat = ?", name, instance, chat));
    }

    /**
     * None of an instance waits any longer.
     *
     * @param with what else is done for each, by its id; asked for in the transaction
     */
    public Row ending(long instance, Function<String, Row> with) {
        return new Row(handle -> {
            List<String> ids = handle.list(
                    "DELETE FROM send_queue WHERE instance = ? RETURNING message_id", RowReader.TEXT, instance);
            ids.forEach(id -> with.apply(id).work().on(handle));
            return ids.size();
        });
    }

    /** A message waits no longer; blocks. */
    public void remove(long instance, String id) {
        database.writeNow(removal(instance, id).work());
    }

    /**
     * Empties a queue; blocks.
     *
     * @param kept ids of messages that stay
     * @param with what else is done for each other message, by its id; asked for in the transaction
     * @return the ids of those that are gone
     */
    public List<String> clear(long instance, Set<String> kept, Function<String, Row> with) {
        List<Object> values = new ArrayList<>(List.of(instance));
        values.addAll(kept);
        // Not every database knows an empty list.
        String others = kept.isEmpty()
                ? ""
                : " AND message_id NOT IN (" + String.join(", ", Collections.nCopies(kept.size(), "?")) + ")";
        return database.writeNow(handle -> {
            List<String> ids = handle.list(
                    "DELETE FROM send_queue WHERE instance = ?" + others + " RETURNING message_id",
                    RowReader.TEXT,
                    values.toArray());
            ids.forEach(id -> with.apply(id).work().on(handle));
            return ids;
        });
    }

    /** A message of an instance. */
    public record Ready(long instance, String id) {}

    /** The messages that an earlier process has made ready to be sent, and so may have sent; blocks. */
    public List<Ready> ready() {
        return database.read(handle -> handle.list(
                "SELECT send_queue.instance, message_id FROM send_queue JOIN session_state "
                        + "ON session_state.instance = send_queue.instance AND kind = ? AND name = message_id",
                row -> new Ready(row.getLong(1), row.getString(2)),
                DatabaseSessionStore.column(StateKind.OUTGOING)));
    }

    /** The messages that were made ready to be sent and are not wanted any more, or not by the queue; blocks. */
    public List<Ready> unwanted() {
        return database.read(handle -> handle.list(
                "SELECT session_state.instance, session_state.name FROM instance JOIN session_state "
                        + "ON session_state.instance = instance.id AND kind = ? WHERE NOT EXISTS (SELECT 1 FROM send_queue "
                        + "WHERE send_queue.instance = session_state.instance AND message_id = session_state.name)",
                row -> new Ready(row.getLong(1), row.getString(2)),
                DatabaseSessionStore.column(StateKind.OUTGOING)));
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
