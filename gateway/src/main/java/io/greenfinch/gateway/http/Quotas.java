package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.notification.Notification;
import io.greenfinch.gateway.notification.QuotaExceeded;
import io.greenfinch.gateway.store.QuotaTable;
import io.greenfinch.gateway.store.Row;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often each instance may call a method in a calendar month, in UTC, where the operator wants that limited. What is limited is
 * answered in the form of green-api.md §2.4, and told once a month. Counts survive restarts. Thread-safe.
 *
 * @param totals calls per instance and month, by the documented name of the method; others have no quota
 */
public record Quotas(Map<String, Integer> totals, QuotaTable table, Teller teller, Clock clock) {

    /** Tells instances of something that did not come from WhatsApp. */
    @FunctionalInterface
    public interface Teller {

        /**
         * Blocks.
         *
         * @param commit makes the row durable, or does without it
         */
        void tell(long instance, Notification told, Consumer<Row> commit);
    }

    private static final Logger log = LoggerFactory.getLogger(Quotas.class);

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
        if (total == null) {
            return Optional.empty();
        }
        YearMonth month = month();
        switch (table.use(instance, method, month, total)) {
            case COUNTED -> {
                return Optional.empty();
            }
            case REFUSED_UNTOLD -> tell(instance, method, month, total);
            case REFUSED -> {}
        }
        ObjectNode status = Json.object()
                .put("method", method.toLowerCase(Locale.ROOT))
                .put("used", total.intValue())
                .put("total", total.intValue())
                .put("status", "QUOTE_EXCEEDED")
                .put("description", QuotaExceeded.DESCRIPTION);
        ObjectNode body = Json.object();
        body.set("invokeStatus", status);
        return Optional.of(Reply.json(EXCEEDED, body));
    }

    /** The refusal stands whether it can be told or not; the next one tells it. */
    private void tell(long instance, String method, YearMonth month, int total) {
        try {
            teller.tell(
                    instance,
                    new QuotaExceeded(method, month, total, clock.instant()),
                    row -> table.tell(instance, method, month, total, row));
        } catch (StoreException e) {
            log.warn("Instance {} can't be told that a quota is used up", instance, e);
        }
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
