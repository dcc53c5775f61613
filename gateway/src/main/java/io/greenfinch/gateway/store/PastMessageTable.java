package io.greenfinch.gateway.store;

import io.greenfinch.gateway.store.MessageTable.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the table of messages takes in from before an account was linked, as far as there is room: what came in is never pushed out
 * by it, and stays as it is where both tell the same. Such messages are as old as they are, and numbered downwards, so that they are
 * the first to go. Thread-safe.
 */
public record PastMessageTable(MessageTable table) {

    /**
     * A message that was told.
     *
     * @param otherChat what its chat may be called as well
     * @param with what is to be done with it, when it is new
     */
    public record Told(Entry entry, Optional<String> otherChat, List<Row> with) {
        @Override
        public String toString() {
            return "Told[" + entry.id() + "]";
        }
    }

    /** A message with its body closed. */
    private record Closed(Told told, byte[] body) {}

    /** Whether a message of that time is still kept. */
    public boolean keeps(Instant at) {
        return at.toEpochMilli() > table.oldest();
    }

    /** Enters messages, the newest of each chat first. */
    public Row add(long instance, List<Told> messages) {
        List<Closed> closed = messages.stream()
                .map(told -> new Closed(
                        told, table.vault().seal(told.entry.body(), MessageTable.purpose(instance, told.entry.id()))))
                .toList();
        return new Row(handle -> {
            long last = handle.number("SELECT COALESCE(MAX(number), 0) FROM message WHERE instance = ?", instance);
            long next = handle.number("SELECT COALESCE(MIN(number), 1) - 1 FROM message WHERE instance = ?", instance);
            long before = next;
            for (Closed each : closed) {
                if (last - next < table.most() && added(handle, instance, each, next)) {
                    next--;
                }
            }
            return before - next;
        });
    }

    private static boolean added(Handle handle, long instance, Closed message, long number) {
        Entry entry = message.told.entry;
        boolean known = handle.first(
                        "SELECT 1 FROM message WHERE instance = ? AND id = ? AND chat IN (?, ?)",
                        RowReader.NUMBER,
                        instance,
                        entry.id(),
                        entry.chat(),
                        message.told.otherChat.orElse(entry.chat()))
                .isPresent();
        if (known) {
            return false;
        }
        handle.execute(
                "INSERT INTO message (instance, id, chat, sender, number, outgoing, type, body_sealed, status, "
                        + "at, created_at, past) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                instance,
                entry.id(),
                entry.chat(),
                entry.sender(),
                number,
                entry.outgoing() ? 1 : 0,
                entry.type(),
                message.body,
                entry.status().orElse(null),
                entry.at().toEpochMilli(),
                entry.at().toEpochMilli());
        message.told.with.forEach(row -> row.work().on(handle));
        return true;
    }
}
