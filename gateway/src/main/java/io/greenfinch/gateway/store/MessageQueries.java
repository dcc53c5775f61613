package io.greenfinch.gateway.store;

/**
 * How messages are looked for and changed. A plus keeps the planner, which does not know how much an id says, from an index by which it would read
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

    /** Whom the latest that were sent went to. */
    static final String WRITTEN_TO =
            "SELECT chat, MAX(at) AS latest FROM (SELECT chat, at FROM message WHERE instance = ? AND outgoing = 1 "
                    + "AND created_at > ? ORDER BY at DESC LIMIT ?) AS late "
                    + "WHERE chat <> ? AND chat NOT LIKE '%@g.us' GROUP BY chat ORDER BY latest DESC, chat";

    private static final String OF_NAME = " WHERE instance = ? AND id = ? AND chat = ? AND sender = ?";

    static final String SET_STATUS = "UPDATE message SET status = ?" + OF_NAME;
    static final String SET_MOMENT = "UPDATE message SET at = ?" + OF_NAME;
    static final String SET_BODY = "UPDATE message SET body_sealed = ?" + OF_NAME;
    static final String SET_TYPE_AND_BODY = "UPDATE message SET type = ?, body_sealed = ?" + OF_NAME;

    /** All of one chat stand in another one. */
    static final String SET_CHAT = "UPDATE message SET chat = ? WHERE instance = ? AND chat = ?";

    /** Those that have had their time are forgotten, unless it is still to be told what becomes of them. */
    static final String FORGET =
            "DELETE FROM message WHERE (instance, number) IN (SELECT instance, number FROM message "
                    + "WHERE created_at <= ? AND (status IS NULL OR status <> 'pending') ORDER BY created_at LIMIT ?)";

    private MessageQueries() {}
}
