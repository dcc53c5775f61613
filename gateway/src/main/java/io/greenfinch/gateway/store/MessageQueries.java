package io.greenfinch.gateway.store;

/**
 * How messages are looked for. A plus keeps the planner, which does not know how much an id says, from an index by which it would read
 * all messages.
 */
final class MessageQueries {

    private static final String COLUMNS =
            "SELECT id, chat, sender, outgoing, type, body_sealed, status, at FROM message ";

    /** Those sent under an id. */
    static final String SENT_AS = COLUMNS + "WHERE instance = ? AND id = ? AND +outgoing = 1";

    /** One of a chat by its id. */
    static final String OF_CHAT_BY_ID =
            COLUMNS + "WHERE instance = ? AND id = ? AND chat = ? AND created_at > ? ORDER BY +number LIMIT 1";

    /** The one that there may be by its whole name. */
    static final String BY_NAME = COLUMNS + "WHERE instance = ? AND id = ? AND chat = ? AND sender = ?";

    /** Any of a chat. */
    static final String ANY_OF_CHAT = "SELECT 1 FROM message WHERE instance = ? AND chat = ? LIMIT 1";

    /** The newest of a chat. */
    static final String OF_CHAT =
            COLUMNS + "WHERE instance = ? AND chat = ? AND created_at > ? ORDER BY at DESC, number DESC LIMIT ?";

    /** The newest of a chat that came in, where they are among so many and one of its newest. */
    static final String RECEIVED = COLUMNS + "WHERE instance = ? AND chat = ? AND +outgoing = 0 AND created_at > ? "
            + "AND at >= COALESCE((SELECT at FROM message WHERE instance = ? AND chat = ? "
            + "ORDER BY at DESC LIMIT 1 OFFSET ?), 0) ORDER BY at DESC, number DESC LIMIT ?";

    /** Those of one direction since a moment, but for those of one chat. */
    static final String SINCE = COLUMNS + "WHERE instance = ? AND outgoing = ? AND at >= ? AND created_at > ? "
            + "AND chat <> ? ORDER BY at DESC, number DESC LIMIT ?";

    /** Those of one direction of a chat since a moment. */
    static final String SINCE_OF_CHAT = COLUMNS + "WHERE instance = ? AND chat = ? AND +outgoing = ? AND at >= ? "
            + "AND created_at > ? ORDER BY at DESC, number DESC LIMIT ?";

    private MessageQueries() {}
}
