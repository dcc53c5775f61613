package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Answers kept for a day under the caller's Idempotency-Key (design §6). Bodies are closed under the master key: that of
 * createInstance holds a token. When there are too many, the oldest go. Thread-safe; every method blocks and throws
 * {@link StoreException} when the database refuses.
 */
public final class KeptAnswerTable {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MAX_ROWS = 200_000;
    private static final int TRIMMED = 20_000;

    private final SqliteDatabase database;
    private final Vault vault;
    private final Clock clock;

    /** Rows in the table; counted once, then kept by the writer's thread alone. */
    private long rows = -1;

    public KeptAnswerTable(SqliteDatabase database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** The answer kept under this key, if it is younger than a day. */
    public Optional<KeptAnswer> find(long instance, String method, String key) {
        return database.read(handle -> handle.createQuery("SELECT request_digest, status, reason, body_sealed "
                                + "FROM kept_answer WHERE instance = :instance AND method = :method "
                                + "AND idempotency_key = :key AND created_at > :limit")
                        .bind("instance", instance)
                        .bind("method", method)
                        .bind("key", key)
                        .bind("limit", clock.millis() - KEPT.toMillis())
                        .map((row, context) -> read(row))
                        .findOne())
                .map(row -> new KeptAnswer(
                        row.requestDigest(),
                        row.status(),
                        row.reason(),
                        vault.open(row.body(), purpose(instance, method, key))));
    }

    private static KeptAnswer read(ResultSet row) throws SQLException {
        return new KeptAnswer(
                row.getBytes("request_digest"),
                row.getInt("status"),
                Optional.ofNullable(row.getString("reason")),
                row.getBytes("body_sealed"));
    }

    /** Keeps an answer; durable when this returns. */
    public void keep(long instance, String method, String key, KeptAnswer answer) {
        byte[] sealed = vault.seal(answer.body(), purpose(instance, method, key));
        database.writeNow(handle -> {
            makeRoom(handle);
            return handle.createUpdate("INSERT INTO kept_answer (instance, method, idempotency_key, request_digest, "
                            + "status, reason, body_sealed, created_at) VALUES (:instance, :method, :key, :digest, "
                            + ":status, :reason, :body, :created) ON CONFLICT (instance, method, idempotency_key) "
                            + "DO UPDATE SET request_digest = excluded.request_digest, status = excluded.status, "
                            + "reason = excluded.reason, body_sealed = excluded.body_sealed, "
                            + "created_at = excluded.created_at")
                    .bind("instance", instance)
                    .bind("method", method)
                    .bind("key", key)
                    .bind("digest", answer.requestDigest())
                    .bind("status", answer.status())
                    .bind("reason", answer.reason().orElse(null))
                    .bind("body", sealed)
                    .bind("created", clock.millis())
                    .execute();
        });
    }

    private void makeRoom(Handle handle) {
        int expired = handle.createUpdate("DELETE FROM kept_answer WHERE created_at <= :limit")
                .bind("limit", clock.millis() - KEPT.toMillis())
                .execute();
        rows = rows < 0
                ? handle.select("SELECT COUNT(*) FROM kept_answer")
                        .mapTo(long.class)
                        .one()
                : rows - expired;
        if (rows >= MAX_ROWS) {
            rows -= handle.createUpdate("DELETE FROM kept_answer WHERE created_at <= "
                            + "(SELECT created_at FROM kept_answer ORDER BY created_at LIMIT 1 OFFSET :count)")
                    .bind("count", TRIMMED)
                    .execute();
        }
        rows++;
    }

    private static String purpose(long instance, String method, String key) {
        return "answer " + instance + " " + method + " " + key;
    }
}
