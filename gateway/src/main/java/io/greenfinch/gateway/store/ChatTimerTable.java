package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of chats with people whose messages disappear. Thread-safe; what blocks says so and throws {@link StoreException} when the
 * database refuses.
 */
public record ChatTimerTable(Database database) {

    /**
     * When messages of a chat disappear.
     *
     * @param seconds after they were written; 0 for never
     * @param since when that was said
     */
    public record ChatTimer(int seconds, Instant since) {}

    /** From now on messages disappear after this time; nothing is done where something newer is known. */
    public Row set(long instance, String chat, ChatTimer timer) {
        return new Row(handle -> handle.execute(
                "INSERT INTO chat_timer (instance, chat, seconds, set_at) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT (instance, chat) DO UPDATE SET seconds = excluded.seconds, "
                        + "set_at = excluded.set_at WHERE chat_timer.set_at <= excluded.set_at",
                instance,
                chat,
                timer.seconds,
                timer.since.toEpochMilli()));
    }

    /** What is known of a chat; blocks. */
    public Optional<ChatTimer> of(long instance, String chat) {
        return database.read(handle -> handle.first(
                "SELECT seconds, set_at FROM chat_timer WHERE instance = ? AND chat = ?",
                row -> new ChatTimer(row.getInt("seconds"), Instant.ofEpochMilli(row.getLong("set_at"))),
                instance,
                chat));
    }

    /** What is known of all, by chat; blocks. */
    public Map<String, ChatTimer> all(long instance) {
        return database
                .read(handle -> handle.list(
                        "SELECT chat, seconds, set_at FROM chat_timer WHERE instance = ?",
                        row -> Map.entry(
                                row.getString("chat"),
                                new ChatTimer(row.getInt("seconds"), Instant.ofEpochMilli(row.getLong("set_at")))),
                        instance))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is known of one chat is known of another one, unless something is known of that: both are names of the same. */
    public Row renamed(long instance, String chat, String name) {
        return new Row(handle -> handle.execute(
                "UPDATE chat_timer SET chat = ? WHERE instance = ? AND chat = ? AND NOT EXISTS "
                        + "(SELECT 1 FROM chat_timer AS known WHERE known.instance = ? AND known.chat = ?)",
                name,
                instance,
                chat,
                instance,
                name));
    }

    /** All of an instance are forgotten. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM chat_timer WHERE instance = ?", instance));
    }
}
