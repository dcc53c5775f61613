package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.Optional;

/**
 * How often instances have called methods that have a quota. Months before the current one are forgotten. Thread-safe; blocks and
 * throws {@link StoreException} when the database refuses.
 */
public record QuotaTable(Database database) {

    /**
     * Counts a call, if it is one of the first {@code total} of its month; durable when this returns.
     *
     * @return whether it was counted
     */
    public boolean use(long instance, String method, YearMonth month, int total) {
        long number = month.getLong(ChronoField.PROLEPTIC_MONTH);
        return database.writeNow(handle -> {
            Optional<Long> used = find(handle, instance, method, number);
            if (used.isEmpty()) {
                handle.execute("DELETE FROM quota_use WHERE month < ?", number);
            }
            if (used.orElse(0L) >= total) {
                return false;
            }
            handle.execute(
                    "INSERT INTO quota_use (instance, method, month, used) VALUES (?, ?, ?, 1) "
                            + "ON CONFLICT (instance, method, month) DO UPDATE SET used = quota_use.used + 1",
                    instance,
                    method,
                    number);
            return true;
        });
    }

    private static Optional<Long> find(Handle handle, long instance, String method, long month) {
        return handle.first(
                "SELECT used FROM quota_use WHERE instance = ? AND method = ? AND month = ?",
                RowReader.NUMBER,
                instance,
                method,
                month);
    }
}
