package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table of chats that are archived, pinned or muted on the devices of their accounts. Thread-safe; what blocks says so and throws
 * {@link StoreException} when the database refuses.
 */
public record ChatMarkTable(Database database) {

    private static final long FOR_EVER = -1;

    /**
     * How a chat is marked.
     *
     * @param muted whether it is; how long is for {@code mutedUntil} to say
     * @param mutedUntil empty of a chat that is muted for ever, or not
     */
    public record Marks(boolean archived, boolean pinned, boolean muted, Optional<Instant> mutedUntil) {

        /** Of a chat that nobody has marked. */
        public static final Marks NONE = new Marks(false, false, false, Optional.empty());

        /** Whether it makes no sound at a moment. */
        public boolean silent(Instant now) {
            return muted && mutedUntil.map(now::isBefore).orElse(true);
        }
    }

    /** A chat is archived, or is no more. */
    public Row archived(long instance, String chat, boolean archived) {
        return set(instance, chat, "archived", archived ? 1 : 0);
    }

    /** A chat is pinned, or is no more. */
    public Row pinned(long instance, String chat, boolean pinned) {
        return set(instance, chat, "pinned", pinned ? 1 : 0);
    }

    /** A chat is muted, until a moment or for ever. */
    public Row muted(long instance, String chat, Optional<Instant> until) {
        return set(
                instance, chat, "muted_until", until.map(Instant::toEpochMilli).orElse(FOR_EVER));
    }

    /** A chat is muted no more. */
    public Row audible(long instance, String chat) {
        return set(instance, chat, "muted_until", 0);
    }

    private static Row set(long instance, String chat, String column, long value) {
        return new Row(handle -> handle.execute(
                "INSERT INTO chat_mark (instance, chat, archived, pinned, muted_until) VALUES (?, ?, ?, ?, ?) "
                        + "ON CONFLICT (instance, chat) DO UPDATE SET " + column + " = excluded." + column,
                instance,
                chat,
                column.equals("archived") ? value : 0,
                column.equals("pinned") ? value : 0,
                column.equals("muted_until") ? value : 0));
    }

    /** No chat is archived or pinned. */
    public Row clearPlaces(long instance) {
        return new Row(
                handle -> handle.execute("UPDATE chat_mark SET archived = 0, pinned = 0 WHERE instance = ?", instance));
    }

    /** No chat is muted. */
    public Row clearMuted(long instance) {
        return new Row(handle -> handle.execute("UPDATE chat_mark SET muted_until = 0 WHERE instance = ?", instance));
    }

    /** Nothing is marked any more. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM chat_mark WHERE instance = ?", instance));
    }

    /** How a chat is marked; blocks. */
    public Marks of(long instance, String chat) {
        return database.read(handle -> handle.first(
                        "SELECT archived, pinned, muted_until FROM chat_mark WHERE instance = ? AND chat = ?",
                        row -> marks(row.getLong("archived"), row.getLong("pinned"), row.getLong("muted_until")),
                        instance,
                        chat))
                .orElse(Marks.NONE);
    }

    /** All that are marked in any way, by chat; blocks. */
    public Map<String, Marks> all(long instance) {
        return database
                .read(handle -> handle.list(
                        "SELECT chat, archived, pinned, muted_until FROM chat_mark WHERE instance = ? "
                                + "AND (archived = 1 OR pinned = 1 OR muted_until <> 0)",
                        row -> Map.entry(
                                row.getString("chat"),
                                marks(row.getLong("archived"), row.getLong("pinned"), row.getLong("muted_until"))),
                        instance))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Marks marks(long archived, long pinned, long mutedUntil) {
        return new Marks(
                archived == 1,
                pinned == 1,
                mutedUntil != 0,
                mutedUntil > 0 ? Optional.of(Instant.ofEpochMilli(mutedUntil)) : Optional.empty());
    }
}
