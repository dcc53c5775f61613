package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;

/**
 * The table of how much of their phones' histories instances have. Thread-safe; what blocks says so and throws
 * {@link StoreException} when the database refuses.
 */
public record HistoryProgressTable(Database database) {

    /** So much it is now, in percent. */
    public Row reached(long instance, int percent) {
        return new Row(handle -> handle.execute(
                "INSERT INTO history_progress (instance, percent) VALUES (?, ?) "
                        + "ON CONFLICT (instance) DO UPDATE SET percent = excluded.percent",
                instance,
                percent));
    }

    /** How much it is, in percent; nothing is known of it before the phone has told anything. Blocks. */
    public int of(long instance) {
        return database.read(handle -> handle.first(
                        "SELECT percent FROM history_progress WHERE instance = ?", RowReader.NUMBER, instance)
                .map(Long::intValue)
                .orElse(0));
    }

    /** The next account has told nothing yet. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM history_progress WHERE instance = ?", instance));
    }
}
