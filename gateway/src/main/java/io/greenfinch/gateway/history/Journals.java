package io.greenfinch.gateway.history;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.receiving.MessageShapes;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the journals' methods have in common (green-api.md §7). Thread-safe.
 *
 * @param contacts what senders are called in the account's address book
 * @param address makes whole addresses of files
 */
public record Journals(MessageTable messages, ContactTable contacts, UnaryOperator<String> address) {

    /** More are told by no call. */
    static final int MOST = 10_000;

    private static final long STANDARD_MINUTES = 1440;

    static final Field<Optional<Long>> MINUTES = Field.fillable(
            "minutes", FieldType.integer(1, Integer.MAX_VALUE).describedBy("default", Json.of(STANDARD_MINUTES)));

    /** A message in a journal. */
    static final Shape ITEM = MessageShapes.flat(Shape.object("type", Shape.words("incoming", "outgoing"))
                    .and("idMessage", Shape.FILLED)
                    .and("timestamp", Shape.NUMBER)
                    .and("typeMessage", Shape.FILLED)
                    .and("chatId", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
                    .maybe("senderId", Shape.TEXT)
                    .maybe("senderName", Shape.TEXT)
                    .maybe("senderContactName", Shape.TEXT)
                    .and("isForwarded", Shape.FLAG)
                    .and("forwardingScore", Shape.NUMBER))
            .maybe("quotedMessage", MessageShapes.QUOTED)
            .maybe("isEdited", Shape.TRUE)
            .maybe("editedMessageId", Shape.FILLED)
            .maybe("isDeleted", Shape.TRUE)
            .maybe("deletedMessageId", Shape.FILLED)
            .maybe(
                    "statusMessage",
                    Shape.words("pending", "sent", "delivered", "read", "failed", "noAccount", "notInGroup"))
            .maybe("sendByApi", Shape.FLAG)
            .named("JournalItem");

    static final Shape ITEMS = Shape.list(ITEM, 0, MOST);

    /** The moment so many minutes ago. */
    static Instant since(Optional<Long> minutes, Clock clock) {
        return clock.instant().minus(Duration.ofMinutes(minutes.orElse(STANDARD_MINUTES)));
    }

    /** Tells messages; blocks. */
    Reply told(Instance instance, List<Entry> entries) {
        UnaryOperator<String> names = contacts.names(instance.id());
        return Reply.ok(Json.array()
                .addAll(entries.stream()
                        .map(entry -> JournalBody.item(entry, address, names))
                        .flatMap(Optional::stream)
                        .toList()));
    }

    /** Tells those of one direction from lately, the newest first; blocks. */
    Reply lately(Call call, Instance instance, boolean outgoing) {
        return told(
                instance, messages.since(instance.id(), outgoing, since(call.get(MINUTES), messages.clock()), MOST));
    }
}
