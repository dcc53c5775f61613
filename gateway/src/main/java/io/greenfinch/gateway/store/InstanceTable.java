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

/**
 * The table of instances. Tokens and settings are closed under the master key; tokens only because getInstances must
 * return them (design 4.7). Thread-safe; every method blocks and throws {@link StoreException} when the database refuses.
 */
public record InstanceTable(Database database, Vault vault) {

    private static final long FIRST_ID = 1_101_000_001L;

    /** Where an instance leaves rows that nobody wants when it is deleted. */
    private static final List<String> LEFT = List.of(
            "session_state",
            "kept_answer",
            "state_history",
            "outbox",
            "outbox_tally",
            "webhook_delivery",
            "event_log",
            "event_log_end",
            "message",
            "status_receipt",
            "phone_call",
            "send_queue",
            "stored_file",
            "contact",
            "chat_mark",
            "chat_timer",
            "chat_name",
            "history_progress");

    /**
     * Adds an instance under a number that was never given out before. Durable when this returns.
     *
     * @param with what is to be stored together with it, by its number
     */
    public StoredInstance add(
            String name, String token, String settings, Instant created, LongFunction<Optional<Row>> with) {
        byte[] fingerprint = vault.fingerprint(token);
        return database.writeNow(handle -> {
            long id = nextId(handle);
            handle.execute(
                    "INSERT INTO instance (id, name, token_fingerprint, token_sealed, settings_sealed, created_at) "
                            + "VALUES (?, ?, ?, ?, ?, ?)",
                    id,
                    name,
                    fingerprint,
                    seal(token, tokenOf(id)),
                    seal(settings, settingsOf(id)),
                    created.toEpochMilli());
            with.apply(id).ifPresent(row -> row.work().on(handle));
            return new StoredInstance(id, name, fingerprint, Optional.of(settings), created, Optional.empty());
        });
    }

    private static long nextId(Handle handle) {
        return handle.number(
                "INSERT INTO sequence (name, value) VALUES ('instance', ?) "
                        + "ON CONFLICT (name) DO UPDATE SET value = sequence.value + 1 RETURNING value",
                FIRST_ID);
    }

    /** Replaces an instance's settings. Durable when this returns. */
    public void saveSettings(long id, String settings) {
        byte[] sealed = seal(settings, settingsOf(id));
        database.writeNow(handle -> handle.execute("UPDATE instance SET settings_sealed = ? WHERE id = ?", sealed, id));
    }

    /** Replaces an instance's token; returns what the new one is known by. Durable when this returns. */
    public byte[] replaceToken(long id, String token) {
        byte[] fingerprint = vault.fingerprint(token);
        byte[] sealed = seal(token, tokenOf(id));
        database.writeNow(handle -> handle.execute(
                "UPDATE instance SET token_fingerprint = ?, token_sealed = ? WHERE id = ?", fingerprint, sealed, id));
        return fingerprint;
    }

    /**
     * Marks an instance as deleted and removes what its session and its callers left. Durable when this returns.
     *
     * @param with what is to be done together with that
     */
    public void delete(long id, Instant when, Optional<Row> with) {
        database.writeNow(handle -> {
            // An epoch that nobody holds: a session on its way out can't write its state back behind the deletion.
            handle.execute("UPDATE session_owner SET epoch = epoch + 1 WHERE instance = ?", id);
            for (String table : LEFT) {
                handle.execute("DELETE FROM " + table + " WHERE instance = ?", id);
            }
            with.ifPresent(row -> row.work().on(handle));
            return handle.execute("UPDATE instance SET deleted_at = ? WHERE id = ?", when.toEpochMilli(), id);
        });
    }

    /** Forgets instances that were deleted before {@code limit}. */
    public void purge(Instant limit) {
        database.writeNow(handle -> {
            handle.execute(
                    "DELETE FROM session_owner WHERE instance IN (SELECT id FROM instance WHERE deleted_at < ?)",
                    limit.toEpochMilli());
            return handle.execute("DELETE FROM instance WHERE deleted_at < ?", limit.toEpochMilli());
        });
    }

    /** All instances, deleted ones included, by number. */
    public List<StoredInstance> all() {
        return database.read(handle -> handle.list(
                "SELECT id, name, token_fingerprint, settings_sealed, created_at, deleted_at "
                        + "FROM instance ORDER BY id",
                row -> read(row)));
    }

    /** One of them. */
    public Optional<StoredInstance> find(long id) {
        return database.read(handle -> handle.first(
                "SELECT id, name, token_fingerprint, settings_sealed, created_at, deleted_at FROM instance WHERE id = ?",
                row -> read(row),
                id));
    }

    /** The tokens of all instances, nothing in place of one that is damaged. For getInstances only. */
    public Map<Long, String> tokens() {
        return database
                .read(handle -> handle.list(
                        "SELECT id, token_sealed FROM instance",
                        row -> Map.entry(row.getLong("id"), row.getBytes("token_sealed"))))
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        row -> readable(row.getValue(), tokenOf(row.getKey())).orElse("")));
    }

    private StoredInstance read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long deleted = row.getLong("deleted_at");
        Optional<Instant> deletedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(deleted));
        return new StoredInstance(
                id,
                row.getString("name"),
                row.getBytes("token_fingerprint"),
                readable(row.getBytes("settings_sealed"), settingsOf(id)),
                Instant.ofEpochMilli(row.getLong("created_at")),
                deletedAt);
    }

    private byte[] seal(String text, String purpose) {
        return vault.seal(text.getBytes(StandardCharsets.UTF_8), purpose);
    }

    /** A value of one instance; one that is damaged must not harm the others. */
    private Optional<String> readable(byte[] sealed, String purpose) {
        return vault.readable(sealed, purpose).map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    private static String tokenOf(long id) {
        return "token " + id;
    }

    private static String settingsOf(long id) {
        return "settings " + id;
    }
}
