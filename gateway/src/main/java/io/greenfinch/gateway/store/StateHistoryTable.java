package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** The table of changes of state, the newest {@value #KEPT} of each instance. Thread-safe. */
public record StateHistoryTable(Database database, Vault vault) {

    /** How many changes of an instance are kept. */
    public static final int KEPT = 1000;

    /**
     * A change.
     *
     * @param state what it changed to, as its owner writes it
     * @param phone the account's number, or nothing
     */
    public record Entry(String state, String phone, Instant at) {

        /** Whose account it is stays out of logs. */
        @Override
        public String toString() {
            return "Entry[" + state + " at " + at + "]";
        }
    }

    /** The last change of an instance, its phone still sealed. */
    private record Last(long number, String state, byte[] phone) {}

    /**
     * Notes what the state is now, if that is a change, and forgets the oldest change one too many.
     *
     * @param initial the state of an instance without history
     * @param phone the account's number; that of the last change when it is not known any more
     * @param with what else is stored of a change, by its number; asked for in the transaction
     */
    public Row change(
            long instance,
            String initial,
            String state,
            Optional<String> phone,
            Instant at,
            LongFunction<List<Row>> with) {
        Optional<byte[]> known = phone.map(number -> seal(instance, number));
        byte[] unknown = seal(instance, "");
        return new Row(handle -> {
            Optional<Last> last = last(handle, instance);
            if (last.map(Last::state).orElse(initial).equals(state)) {
                return 0;
            }
            long number = last.map(Last::number).orElse(0L) + 1;
            handle.execute(
                    "INSERT INTO state_history (instance, number, state, phone_sealed, at) VALUES (?, ?, ?, ?, ?)",
                    instance,
                    number,
                    state,
                    known.or(() -> last.map(Last::phone)).orElse(unknown),
                    at.toEpochMilli());
            with.apply(number).forEach(row -> row.work().on(handle));
            return handle.execute(
                    "DELETE FROM state_history WHERE instance = ? AND number <= ?", instance, number - KEPT);
        });
    }

    private static Optional<Last> last(Handle handle, long instance) {
        return handle.first(
                "SELECT number, state, phone_sealed FROM state_history WHERE instance = ? "
                        + "ORDER BY number DESC LIMIT 1",
                row -> new Last(row.getLong(1), row.getString(2), row.getBytes(3)),
                instance);
    }

    /** The last state of every instance that has a history, by instance; blocks. */
    public Map<Long, String> lastStates() {
        return database
                .read(handle -> handle.list(
                        "SELECT h.instance, h.state FROM state_history h JOIN (SELECT instance, MAX(number) AS number "
                                + "FROM state_history GROUP BY instance) l ON l.instance = h.instance "
                                + "AND l.number = h.number",
                        row -> Map.entry(row.getLong(1), row.getString(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The newest changes of an instance, the newest first; blocks.
     *
     * @throws StoreException when they can't be read
     */
    public List<Entry> newest(long instance, int count) {
        return database.read(handle -> handle.list(
                "SELECT state, phone_sealed, at FROM state_history WHERE instance = ? "
                        + "ORDER BY number DESC LIMIT ?",
                row -> read(instance, row),
                instance,
                count));
    }

    private Entry read(long instance, ResultSet row) throws SQLException {
        String phone = vault.readable(row.getBytes("phone_sealed"), purpose(instance))
                .map(number -> new String(number, StandardCharsets.UTF_8))
                .orElse("");
        return new Entry(row.getString("state"), phone, Instant.ofEpochMilli(row.getLong("at")));
    }

    private byte[] seal(long instance, String phone) {
        return vault.seal(phone.getBytes(StandardCharsets.UTF_8), purpose(instance));
    }

    private static String purpose(long instance) {
        return "state history " + instance;
    }
}
