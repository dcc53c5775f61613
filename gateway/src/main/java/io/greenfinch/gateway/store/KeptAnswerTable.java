package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Answers kept for a day under the caller's Idempotency-Key (design §6). Bodies are closed under the master key: that of
 * createInstance holds a token. When those of an instance weigh too much, its oldest go. Thread-safe; every method blocks and throws
 * {@link StoreException} when the database refuses.
 */
public record KeptAnswerTable(Database database, Vault vault, Clock clock) {

    private static final Duration KEPT = Duration.ofHours(24);

    /** Bytes that the answers of one instance may weigh; an answer weighs its body and so much for everything else. */
    private static final long MAX_WEIGHT = 16L << 20;

    private static final long OVERHEAD = 512;

    /** The answer kept under this key, if it is younger than a day. */
    public Optional<KeptAnswer> find(long instance, String method, String key) {
        return database.read(handle -> handle.select(
                        "SELECT request_digest, status, reason, body_sealed FROM kept_answer "
                                + "WHERE instance = ? AND method = ? AND idempotency_key = ? AND created_at > ?",
                        instance,
                        method,
                        key,
                        clock.millis() - KEPT.toMillis())
                .map((row, context) -> new KeptAnswer(
                        row.getBytes("request_digest"),
                        row.getInt("status"),
                        Optional.ofNullable(row.getString("reason")),
                        vault.open(row.getBytes("body_sealed"), purpose(instance, method, key))))
                .findOne());
    }

    /** Keeps an answer; durable when this returns. */
    public void keep(long instance, String method, String key, KeptAnswer answer) {
        byte[] sealed = vault.seal(answer.body(), purpose(instance, method, key));
        database.writeNow(handle -> {
            long total = total(handle, instance) + sealed.length + OVERHEAD;
            makeRoom(handle, instance, total);
            return handle.execute(
                    "INSERT INTO kept_answer (instance, method, idempotency_key, request_digest, status, reason, "
                            + "body_sealed, created_at, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                            + "ON CONFLICT (instance, method, idempotency_key) "
                            + "DO UPDATE SET request_digest = excluded.request_digest, status = excluded.status, "
                            + "reason = excluded.reason, body_sealed = excluded.body_sealed, "
                            + "created_at = excluded.created_at, total = excluded.total",
                    instance,
                    method,
                    key,
                    answer.requestDigest(),
                    answer.status(),
                    answer.reason().orElse(null),
                    sealed,
                    clock.millis(),
                    total);
        });
    }

    /** What an instance's answers weigh together, those that are gone included: it only ever grows. */
    private static long total(Handle handle, long instance) {
        return handle.select("SELECT COALESCE(MAX(total), 0) FROM kept_answer WHERE instance = ?", instance)
                .mapTo(long.class)
                .one();
    }

    private void makeRoom(Handle handle, long instance, long total) {
        handle.execute("DELETE FROM kept_answer WHERE created_at <= ?", clock.millis() - KEPT.toMillis());
        handle.execute("DELETE FROM kept_answer WHERE instance = ? AND total <= ?", instance, total - MAX_WEIGHT);
    }

    private static String purpose(long instance, String method, String key) {
        return "answer " + instance + " " + method + " " + key;
    }
}
