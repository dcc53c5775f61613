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

    /** What became of a call. */
    public enum Use {
        COUNTED,
        /** It was one too many. */
        REFUSED,
        /** The same, and nobody has been told of it in its month. */
        REFUSED_UNTOLD
    }

    private record Counted(long used, long toldTotal) {}

    /** Counts a call, if it is one of the first {@code total} of its month; durable when this returns. */
    public Use use(long instance, String method, YearMonth month, int total) {
        long number = number(month);
        return database.writeNow(handle -> {
            Optional<Counted> found = find(handle, instance, method, number);
            if (found.isEmpty()) {
                handle.execute("DELETE FROM quota_use WHERE month < ?", number);
            }
            Counted counted = found.orElse(new Counted(0, -1));
            if (counted.used >= total) {
                return counted.toldTotal == total ? Use.REFUSED : Use.REFUSED_UNTOLD;
            }
            handle.execute(
                    "INSERT INTO quota_use (instance, method, month, used) VALUES (?, ?, ?, 1) "
                            + "ON CONFLICT (instance, method, month) DO UPDATE SET used = quota_use.used + 1",
                    instance,
                    method,
                    number);
            return Use.COUNTED;
        });
    }

    /** Tells that a quota is used up, unless it has been told; durable when this returns. */
    public void tell(long instance, String method, YearMonth month, int total, Row telling) {
        long number = number(month);
        database.writeNow(handle -> {
            Optional<Counted> found = find(handle, instance, method, number);
            if (found.filter(counted -> counted.toldTotal == total).isPresent()) {
                return false;
            }
            handle.execute(
                    "INSERT INTO quota_use (instance, method, month, used, told_total) VALUES (?, ?, ?, 0, ?) "
                            + "ON CONFLICT (instance, method, month) DO UPDATE SET told_total = excluded.told_total",
                    instance,
                    method,
                    number,
                    total);
            telling.work().on(handle);
            return true;
        });
    }

    private static long number(YearMonth month) {
        return month.getLong(ChronoField.PROLEPTIC_MONTH);
    }

    private static Optional<Counted> find(Handle handle, long instance, String method, long month) {
        return handle.first(
                "SELECT used, told_total FROM quota_use WHERE instance = ? AND method = ? AND month = ?",
                row -> new Counted(row.getLong("used"), row.getLong("told_total")),
                instance,
                method,
                month);
    }
}
