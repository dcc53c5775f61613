package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers kept for a day under the caller's Idempotency-Key, and no longer than the link of the instance (design §6). Bodies are closed under the
 * master key: that of createInstance holds a token. When those of an instance are too many or weigh too much, its oldest go.
 * Thread-safe; every method blocks and throws {@link StoreException} when the database refuses.
 */
public record KeptAnswerTable(Database database, Vault vault, Clock clock) {

    private static final Duration KEPT = Duration.ofHours(24);

    /** Answers of one instance. */
    static final long MAX_ANSWERS = 10_000;

    /** Bytes that the answers of one instance may weigh; an answer weighs its body and so much for everything else. */
    private static final long MAX_WEIGHT = 16L << 20;

    private static final long OVERHEAD = 512;

    /**
     * What an answer is kept under.
     *
     * @param instance the caller's; 0 for the partner
     * @param link how many links the instance had before the present one
     */
    public record Place(long instance, long link, String method, String key) {
        private String purpose() {
            return "answer " + instance + " " + method + " " + key;
        }
    }

    /** The place for a request that comes now. */
    public Place place(long instance, String method, String key) {
        return new Place(instance, database.read(handle -> link(handle, instance)), method, key);
    }

    private static long link(Handle handle, long instance) {
        return handle.first("SELECT link FROM instance WHERE id = ?", RowReader.NUMBER, instance)
                .orElse(0L);
    }

    /** The answer kept there, if it is younger than a day. */
    public Optional<KeptAnswer> find(Place place) {
        return database.read(handle -> handle.first(
                "SELECT request_digest, status, reason, body_sealed FROM kept_answer "
                        + "WHERE instance = ? AND link = ? AND method = ? AND created_at > ? "
                        + "AND idempotency_key = ?",
                row -> read(place, row),
                place.instance,
                place.link,
                place.method,
                clock.millis() - KEPT.toMillis(),
                place.key));
    }

    /** Keeps an answer, unless the link it is of has ended; durable when this returns. */
    public void keep(Place place, KeptAnswer answer) {
        database.writeNow(row(place, answer).work());
    }

    /** The same, as part of another transaction. */
    public Row row(Place place, KeptAnswer answer) {
        byte[] sealed = vault.seal(answer.body(), place.purpose());
        return new Row(handle -> link(handle, place.instance) == place.link ? put(handle, place, answer, sealed) : 0);
    }

    private int put(Handle handle, Place place, KeptAnswer answer, byte[] sealed) {
        long total = last(handle, "total", place.instance) + sealed.length + OVERHEAD;
        long number = last(handle, "number", place.instance) + 1;
        handle.execute("DELETE FROM kept_answer WHERE created_at <= ?", clock.millis() - KEPT.toMillis());
        handle.execute(
                "DELETE FROM kept_answer WHERE instance = ? AND (total <= ? OR number <= ?)",
                place.instance,
                total - MAX_WEIGHT,
                number - MAX_ANSWERS);
        return handle.execute(
                "INSERT INTO kept_answer (instance, link, method, idempotency_key, request_digest, status, reason, "
                        + "body_sealed, created_at, total, number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                        + "ON CONFLICT (instance, method, idempotency_key) "
                        + "DO UPDATE SET link = excluded.link, request_digest = excluded.request_digest, "
                        + "status = excluded.status, reason = excluded.reason, body_sealed = excluded.body_sealed, "
                        + "created_at = excluded.created_at, total = excluded.total, number = excluded.number",
                place.instance,
                place.link,
                place.method,
                place.key,
                answer.requestDigest(),
                answer.status(),
                answer.reason().orElse(null),
                sealed,
                clock.millis(),
                total,
                number);
    }

    /** Removes what is kept there; durable when this returns. */
    public void forget(Place place) {
        database.writeNow(removal(place).work());
    }

    /** The same, as part of another transaction. */
    public Row removal(Place place) {
        return new Row(handle -> handle.execute(
                "DELETE FROM kept_answer WHERE instance = ? AND link = ? AND method = ? AND idempotency_key = ?",
                place.instance,
                place.link,
                place.method,
                place.key));
    }

    /** The bodies of all answers to the same method under other keys. */
    public List<byte[]> bodies(Place place) {
        return database
                .read(handle -> handle.list(
                        "SELECT idempotency_key, body_sealed FROM kept_answer "
                                + "WHERE instance = ? AND link = ? AND method = ? AND status = 200 "
                                + "AND idempotency_key <> ?",
                        row -> Map.entry(row.getString("idempotency_key"), row.getBytes("body_sealed")),
                        place.instance,
                        place.link,
                        place.method,
                        place.key))
                .stream()
                .flatMap(row -> vault
                        .readable(
                                row.getValue(),
                                new Place(place.instance, place.link, place.method, row.getKey()).purpose())
                        .stream())
                .toList();
    }

    /** What an instance's answers weigh together, or how many there were, those that are gone included: it only ever grows. */
    private static long last(Handle handle, String column, long instance) {
        return handle.number("SELECT COALESCE(MAX(" + column + "), 0) FROM kept_answer WHERE instance = ?", instance);
    }

    /** The link of an instance has ended, and with it all answers, those that are still to come included. */
    public Row linkEnded(long instance) {
        return new Row(handle -> {
            handle.execute("UPDATE instance SET link = link + 1 WHERE id = ?", instance);
            return handle.execute("DELETE FROM kept_answer WHERE instance = ?", instance);
        });
    }

    private KeptAnswer read(Place place, ResultSet row) throws SQLException {
        return new KeptAnswer(
                row.getBytes("request_digest"),
                row.getInt("status"),
                Optional.ofNullable(row.getString("reason")),
                vault.open(row.getBytes("body_sealed"), place.purpose()));
    }
}
