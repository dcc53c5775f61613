package io.greenfinch.gateway.history;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the journals' methods have in common (green-api.md §7). */
final class Journals {

    /** More are told by no call. */
    static final int MOST = 10_000;

    private static final long STANDARD_MINUTES = 1440;
    private static final long MOST_MINUTES = Duration.ofDays(366).toMinutes();

    static final Field<Optional<Long>> MINUTES = Field.optional(
            "minutes", FieldType.integer(1, MOST_MINUTES).describedBy("default", Json.of(STANDARD_MINUTES)));

    private static final Shape EXTENDED = Shape.object("text", Shape.TEXT)
            .and("description", Shape.TEXT)
            .and("title", Shape.TEXT)
            .and("previewType", Shape.TEXT)
            .and("jpegThumbnail", Shape.TEXT)
            .and("forwardingScore", Shape.NUMBER)
            .and("isForwarded", Shape.FLAG);

    private static final Shape QUOTED = Shape.object("stanzaId", Shape.TEXT)
            .and("participant", Shape.TEXT)
            .and("typeMessage", Shape.TEXT)
            .maybe("textMessage", Shape.TEXT);

    /** A message in a journal. */
    static final Shape ITEM = Shape.object("type", Shape.words("incoming", "outgoing"))
            .and("idMessage", Shape.FILLED)
            .and("timestamp", Shape.NUMBER)
            .and("typeMessage", Shape.words("textMessage", "extendedTextMessage", "quotedMessage"))
            .and("chatId", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
            .maybe("senderId", Shape.TEXT)
            .maybe("senderName", Shape.TEXT)
            .maybe("senderContactName", Shape.TEXT)
            .and("isForwarded", Shape.FLAG)
            .and("forwardingScore", Shape.NUMBER)
            .and("textMessage", Shape.TEXT)
            .maybe("extendedTextMessage", EXTENDED)
            .maybe("quotedMessage", QUOTED)
            .maybe(
                    "statusMessage",
                    Shape.words("pending", "sent", "delivered", "read", "failed", "noAccount", "notInGroup"))
            .maybe("sendByApi", Shape.FLAG)
            .named("JournalItem");

    static final Shape ITEMS = Shape.list(ITEM, 0, MOST);

    private Journals() {}

    /** The moment so many minutes ago. */
    static Instant since(Optional<Long> minutes, Clock clock) {
        return clock.instant().minus(Duration.ofMinutes(minutes.orElse(STANDARD_MINUTES)));
    }

    static Reply told(List<Entry> entries) {
        return Reply.ok(Json.array()
                .addAll(entries.stream()
                        .map(JournalBody::item)
                        .flatMap(Optional::stream)
                        .toList()));
    }
}
