package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The table of changes of state, the newest {@value #KEPT} of each instance. Thread-safe. */
public final class StateHistoryTable {

    /** How many changes of an instance are kept. */
    public static final int KEPT = 1000;

    private final SqliteDatabase database;
    private final Vault vault;

    public StateHistoryTable(SqliteDatabase database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

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

    /** Adds a change and forgets the oldest one too many. Never blocks; see {@link SqliteDatabase#write}. */
    public CompletableFuture<Integer> add(long instance, Entry entry) {
        byte[] phone = vault.seal(entry.phone().getBytes(StandardCharsets.UTF_8), purpose(instance));
        return database.write(handle -> {
            long number = handle.createQuery(
                            "INSERT INTO state_history (instance, number, state, phone_sealed, at) SELECT :instance, "
                                    + "COALESCE((SELECT MAX(number) FROM state_history WHERE instance = :instance), 0) + 1, "
                                    + ":state, :phone, :at RETURNING number")
                    .bind("instance", instance)
                    .bind("state", entry.state())
                    .bind("phone", phone)
                    .bind("at", entry.at().toEpochMilli())
                    .mapTo(long.class)
                    .one();
            return handle.createUpdate("DELETE FROM state_history WHERE instance = :instance AND number <= :oldest")
                    .bind("instance", instance)
                    .bind("oldest", number - KEPT)
                    .execute();
        });
    }

    /**
     * The newest changes of an instance, the newest first; blocks.
     *
     * @throws StoreException when they can't be read
     */
    public List<Entry> newest(long instance, int count) {
        return database.read(handle -> handle.createQuery("SELECT instance, state, phone_sealed, at FROM state_history "
                        + "WHERE instance = :instance ORDER BY number DESC LIMIT :count")
                .bind("instance", instance)
                .bind("count", count)
                .map((row, context) -> read(row))
                .list());
    }

    /**
     * The last change of every instance; blocks.
     *
     * @throws StoreException when they can't be read
     */
    public Map<Long, Entry> last() {
        return database
                .read(handle -> handle.createQuery("SELECT instance, state, phone_sealed, at FROM state_history "
                                + "WHERE (instance, number) IN "
                                + "(SELECT instance, MAX(number) FROM state_history GROUP BY instance)")
                        .map((row, context) -> Map.entry(row.getLong("instance"), read(row)))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Entry read(ResultSet row) throws SQLException {
        byte[] phone = vault.open(row.getBytes("phone_sealed"), purpose(row.getLong("instance")));
        return new Entry(
                row.getString("state"),
                new String(phone, StandardCharsets.UTF_8),
                Instant.ofEpochMilli(row.getLong("at")));
    }

    private static String purpose(long instance) {
        return "state history " + instance;
    }
}
