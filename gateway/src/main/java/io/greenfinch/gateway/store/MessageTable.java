package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The table of messages that the journals tell, those sent and those that came in. Kept for a time, and of each instance so many
 * at most; then the oldest go. Thread-safe; what blocks says so and throws {@link StoreException} when the database refuses.
 *
 * @param kept for how long
 * @param most how many of an instance
 */
public record MessageTable(Database database, Vault vault, Clock clock, Duration kept, long most) {

    /** The chat in which status updates stand; no list of messages or of chats tells of it. */
    public static final String STATUSES = "status@broadcast";

    /** How many messages of an instance are kept as a rule. */
    public static final long STANDARD_MOST = 1_000_000;

    /** How many come between two looks for those that are too many: there may be so many more. */
    private static final long STEP = 64;

    /** Who is written to so often and never answers has not been heard of for long. */
    private static final int UNANSWERED = 10_000;

    /**
     * A message.
     *
     * @param chat its chat, as the API writes it
     * @param sender who wrote it, as the API writes it
     * @param type what its body is, as its owner says
     * @param status how far it has come; empty for one that came in
     */
    public record Entry(
            String id,
            String chat,
            String sender,
            boolean outgoing,
            String type,
            byte[] body,
            Optional<String> status,
            Instant at) {

        /** Who writes to whom, and what, stays out of logs. */
        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /** As the other one, of a chat that has no other name. */
    public Row add(long instance, Entry entry, List<Row> with) {
        return add(instance, entry, Optional.empty(), _ -> false, with);
    }

    /**
     * Enters a message, and does what is to be done with it; neither when it is there already. What the phone told of it before
     * gives way.
     *
     * @param otherChat what its chat may be called as well
     * @param outdated whether what is there already is less than this, and gives way, too; asked in the transaction
     */
    public Row add(long instance, Entry entry, Optional<String> otherChat, Predicate<Entry> outdated, List<Row> with) {
        byte[] sealed = vault.seal(entry.body, purpose(instance, entry.id));
        long now = clock.millis();
        return new Row(handle -> {
            handle.execute(
                    "DELETE FROM message WHERE instance = ? AND id = ? AND chat IN (?, ?) AND past = 1",
                    instance,
                    entry.id,
                    entry.chat,
                    otherChat.orElse(entry.chat));
            Optional<Long> number = handle.first(
                    "INSERT INTO message (instance, id, chat, sender, number, outgoing, type, body_sealed, status, "
                            + "at, created_at) VALUES (?, ?, ?, ?, COALESCE((SELECT MAX(number) FROM message "
                            + "WHERE instance = ?), 0) + 1, ?, ?, ?, ?, ?, ?) "
                            + "ON CONFLICT (instance, id, chat, sender) DO NOTHING RETURNING number",
                    RowReader.NUMBER,
                    instance,
                    entry.id,
                    entry.chat,
                    entry.sender,
                    instance,
                    entry.outgoing ? 1 : 0,
                    entry.type,
                    sealed,
                    entry.status.orElse(null),
                    entry.at.toEpochMilli(),
                    now);
            number.ifPresent(last -> fit(handle, instance, last));
            if (number.isPresent() || replaced(handle, instance, entry, sealed, outdated)) {
                with.forEach(row -> row.work().on(handle));
            }
            return number;
        });
    }

    private boolean replaced(Handle handle, long instance, Entry entry, byte[] sealed, Predicate<Entry> outdated) {
        boolean gives = handle
                .list(MessageQueries.BY_NAME, row -> read(instance, row), instance, entry.id, entry.chat, entry.sender)
                .stream()
                .flatMap(Optional::stream)
                .anyMatch(outdated);
        if (gives) {
            handle.execute(
                    MessageQueries.SET_TYPE_AND_BODY, entry.type, sealed, instance, entry.id, entry.chat, entry.sender);
        }
        return gives;
    }

    private void fit(Handle handle, long instance, long last) {
        if (last % STEP == 0) {
            handle.execute("DELETE FROM message WHERE instance = ? AND number <= ?", instance, last - most);
        }
    }

    /**
     * A message that was sent gets a status, if it has one of those it may have before; else nothing is done.
     *
     * @param with what else is done, with the message as it was before; asked for in the transaction
     */
    public Row advance(long instance, String id, Set<String> before, String status, Function<Entry, List<Row>> with) {
        return new Row(handle -> {
            List<Entry> found = handle.list(MessageQueries.SENT_AS, row -> read(instance, row), instance, id).stream()
                    .flatMap(Optional::stream)
                    .filter(entry -> entry.status.filter(before::contains).isPresent())
                    .toList();
            for (Entry entry : found) {
                handle.execute(MessageQueries.SET_STATUS, status, instance, id, entry.chat, entry.sender);
                with.apply(entry).forEach(row -> row.work().on(handle));
            }
            return found.size();
        });
    }

    /** What stands in one chat stands in another one from now on: both are names of the same. */
    public Row renamed(long instance, String chat, String name) {
        return new Row(handle -> handle.execute(MessageQueries.SET_CHAT, name, instance, chat));
    }

    /** A message was sent at this moment, and not when it was given. */
    public Row dated(long instance, Entry message, Instant at) {
        return new Row(handle -> handle.execute(
                MessageQueries.SET_MOMENT, at.toEpochMilli(), instance, message.id, message.chat, message.sender));
    }

    /**
     * What becomes of a message that another one is about.
     *
     * @param body another body for it
     * @param rows what else is done
     */
    public record Revision(Optional<byte[]> body, List<Row> rows) {}

    /**
     * A message of a chat is looked at, and may get another body.
     *
     * @param how asked for in the transaction, with the message if it is there
     */
    public Row revise(long instance, String chat, String id, Function<Optional<Entry>, Revision> how) {
        return revise(instance, how, MessageQueries.OF_CHAT_BY_ID, instance, id, chat, oldest());
    }

    /** The same with one that was sent under this id, whatever its chat is called by now. */
    public Row reviseSent(long instance, String id, Function<Optional<Entry>, Revision> how) {
        return revise(instance, how, MessageQueries.SENT_AS, instance, id);
    }

    private Row revise(long instance, Function<Optional<Entry>, Revision> how, String query, Object... values) {
        return new Row(handle -> {
            Optional<Entry> found = handle.list(query, row -> read(instance, row), values).stream()
                    .flatMap(Optional::stream)
                    .findFirst();
            Revision revision = how.apply(found);
            found.ifPresent(entry -> revision.body.ifPresent(body -> handle.execute(
                    MessageQueries.SET_BODY,
                    vault.seal(body, purpose(instance, entry.id)),
                    instance,
                    entry.id,
                    entry.chat,
                    entry.sender)));
            revision.rows.forEach(row -> row.work().on(handle));
            return found.isPresent();
        });
    }

    /** All messages of an instance are forgotten. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM message WHERE instance = ?", instance));
    }

    /** Whether any message of a chat is there; blocks. */
    public boolean knows(long instance, String chat) {
        return database.read(handle -> handle.first(MessageQueries.ANY_OF_CHAT, RowReader.NUMBER, instance, chat))
                .isPresent();
    }

    /** The newest messages of a chat, the newest first; blocks. */
    public List<Entry> ofChat(long instance, String chat, int count) {
        return list(instance, MessageQueries.OF_CHAT, instance, chat, oldest(), count);
    }

    /** The people to whom the latest of so many messages that were sent went, the latest first; blocks. */
    public List<String> writtenTo(long instance, int most) {
        return database.read(handle ->
                handle.list(MessageQueries.WRITTEN_TO, row -> row.getString(1), instance, oldest(), most, STATUSES));
    }

    /** The newest messages of a chat that came in, the newest first, unless many were sent since; blocks. */
    public List<Entry> received(long instance, String chat, int count) {
        return list(instance, MessageQueries.RECEIVED, instance, chat, oldest(), instance, chat, UNANSWERED, count);
    }

    /** A message of a chat; blocks. */
    public Optional<Entry> find(long instance, String chat, String id) {
        return list(instance, MessageQueries.OF_CHAT_BY_ID, instance, id, chat, oldest()).stream()
                .findFirst();
    }

    /** A message that was sent under this id; blocks. */
    public Optional<Entry> sent(long instance, String id) {
        return list(instance, MessageQueries.SENT_AS, instance, id).stream().findFirst();
    }

    /** The messages of one direction since a moment, the newest first, at most so many; blocks. */
    public List<Entry> since(long instance, boolean outgoing, Instant since, int most) {
        return list(
                instance,
                MessageQueries.SINCE,
                instance,
                outgoing ? 1 : 0,
                since.toEpochMilli(),
                oldest(),
                STATUSES,
                most);
    }

    /** The status updates of one direction since a moment, the newest first, at most so many; blocks. */
    public List<Entry> statuses(long instance, boolean outgoing, Instant since, int most) {
        return list(
                instance,
                MessageQueries.SINCE_OF_CHAT,
                instance,
                STATUSES,
                outgoing ? 1 : 0,
                since.toEpochMilli(),
                oldest(),
                most);
    }

    private List<Entry> list(long instance, String query, Object... values) {
        return database.read(handle -> handle.list(query, row -> read(instance, row), values).stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** What is as old as this has had its time. */
    long oldest() {
        return clock.millis() - kept.toMillis();
    }

    Optional<Entry> read(long instance, ResultSet row) throws SQLException {
        String id = row.getString("id");
        String chat = row.getString("chat");
        String sender = row.getString("sender");
        boolean outgoing = row.getInt("outgoing") == 1;
        String type = row.getString("type");
        Optional<String> status = Optional.ofNullable(row.getString("status"));
        Instant at = Instant.ofEpochMilli(row.getLong("at"));
        return vault.readable(row.getBytes("body_sealed"), purpose(instance, id))
                .map(body -> new Entry(id, chat, sender, outgoing, type, body, status, at));
    }

    /**
     * Forgets messages that have had their time, at most so many, but for those of which it is still to be told what becomes of them;
     * blocks.
     *
     * @return how many
     */
    public int sweep(int batch) {
        return database.writeNow(handle -> handle.execute(MessageQueries.FORGET, oldest(), batch));
    }

    static String purpose(long instance, String id) {
        return "message " + instance + " " + id;
    }
}
