package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The chats of which the table of messages tells, in a time that their number makes, and not that of their messages. Thread-safe;
 * every method blocks and throws {@link StoreException} when the database refuses.
 */
public record ActiveChats(MessageTable table) {

    /** From one chat to the next, past however many messages. */
    static final String CHATS = "WITH RECURSIVE place (chat) AS (SELECT MIN(chat) FROM message WHERE instance = ? "
            + "UNION ALL SELECT (SELECT MIN(chat) FROM message WHERE instance = ? AND chat > place.chat) FROM place "
            + "WHERE place.chat IS NOT NULL) SELECT chat, latest FROM (SELECT place.chat AS chat, "
            + "(SELECT at FROM message WHERE instance = ? AND chat = place.chat AND created_at > ? "
            + "ORDER BY at DESC LIMIT 1) AS latest FROM place WHERE place.chat <> ?) AS active "
            + "WHERE latest IS NOT NULL ORDER BY latest DESC, chat LIMIT ?";

    /**
     * The newest of a chat that came in. No order is asked for outside: the rows come in that of the inner ones, of which only those
     * up to the first that came in are read.
     */
    static final String NEWEST = "SELECT id, chat, sender, outgoing, type, body_sealed, status, at FROM "
            + "(SELECT id, chat, sender, outgoing, type, body_sealed, status, at, created_at FROM message "
            + "WHERE instance = ? AND chat = ? ORDER BY at DESC, number DESC LIMIT ?) AS newest "
            + "WHERE outgoing = 0 AND created_at > ? LIMIT 1";

    /** Among so many of a chat one that came in is looked for: to some people much is written that they never answer. */
    private static final int NEWEST_OF_CHAT = 100;

    /** A chat in which something was written, and when last. */
    public record ActiveChat(String chat, Instant at) {}

    /** The chats in which something was written, the latest first, at most so many. */
    public List<ActiveChat> of(long instance, int most) {
        return table.database()
                .read(handle -> handle.list(
                        CHATS,
                        row -> new ActiveChat(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                        instance,
                        instance,
                        instance,
                        table.oldest(),
                        MessageTable.STATUSES,
                        most));
    }

    /** The newest message of each of some chats that came in, where there is one that is not long past. */
    public Map<String, Entry> received(long instance, Collection<String> chats) {
        long oldest = table.oldest();
        return table.database()
                .read(handle -> handle.inTransaction(same -> chats.stream()
                        .flatMap(chat -> same
                                .first(NEWEST, row -> table.read(instance, row), instance, chat, NEWEST_OF_CHAT, oldest)
                                .flatMap(entry -> entry)
                                .stream())
                        .collect(Collectors.toMap(Entry::chat, entry -> entry))));
    }
}
