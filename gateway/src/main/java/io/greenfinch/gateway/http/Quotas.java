package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.store.QuotaTable;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each instance may call a method in a calendar month, in UTC, where the operator wants that limited. What is limited is
 * answered in the form of green-api.md §2.4. Counts survive restarts. Thread-safe.
 *
 * @param totals calls per instance and month, by the documented name of the method; others have no quota
 */
public record Quotas(Map<String, Integer> totals, QuotaTable table, Clock clock) {

    private static final int EXCEEDED = 466;

    public Quotas {
        totals = Map.copyOf(totals);
    }

    /**
     * Counts a call that nothing else keeps from being carried out; blocks.
     *
     * @return the answer to give instead when the quota is used up
     * @throws StoreException when it can't be counted
     */
    Optional<Reply> exceeded(long instance, String method) {
        Integer total = totals.get(method);
        if (total == null || table.use(instance, method, month(), total)) {
            return Optional.empty();
        }
        ObjectNode status = Json.object()
                .put("method", method.toLowerCase(Locale.ROOT))
                .put("used", total.intValue())
                .put("total", total.intValue())
                .put("status", "QUOTE_EXCEEDED")
                .put("description", "Monthly quota has been exceeded. It is set by the operator of this server.");
        ObjectNode body = Json.object();
        body.set("invokeStatus", status);
        return Optional.of(Reply.json(EXCEEDED, body));
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
