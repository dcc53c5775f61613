package io.greenfinch.gateway.status;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.chat.StatusLook;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.message.MessageEnvelope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a status update (green-api.md §13). */
final class StatusItem {

    /** More are told by no call. */
    static final int MOST = 10_000;

    /** When so many people have been named, an answer names no more updates. */
    private static final int MOST_PEOPLE = 50_000;

    private static final long STANDARD_MINUTES = 1440;

    static final Field<Optional<Long>> MINUTES = Field.fillable(
            "minutes", FieldType.integer(1, Integer.MAX_VALUE).describedBy("default", Json.of(STANDARD_MINUTES)));

    /** What is said about an update, and is none. */
    private static final Set<String> ABOUT_OTHERS =
            Set.of("deletedMessage", "editedMessage", "reactionMessage", "pollUpdateMessage");

    private static final String TEXT = "extendedTextMessage";

    private static final Shape COMMON = Shape.object("type", Shape.words("incoming", "outgoing"))
            .and("idMessage", Shape.FILLED)
            .and("timestamp", Shape.NUMBER)
            .and("typeMessage", Shape.FILLED)
            .and("chatId", ChatIds.PERSON_OR_NOBODY)
            .maybe("textMessage", Shape.TEXT)
            .maybe(
                    TEXT,
                    Shape.object("text", Shape.TEXT)
                            .and("backgroundColor", Shape.TEXT)
                            .and("font", Shape.TEXT))
            .maybe("downloadUrl", Shape.TEXT)
            .maybe("caption", Shape.TEXT)
            .maybe("fileName", Shape.TEXT)
            .maybe("jpegThumbnail", Shape.TEXT)
            .maybe("mimeType", Shape.TEXT);

    /** One that somebody else has posted. */
    static final Shape INCOMING = COMMON.and("senderId", Shape.TEXT)
            .and("senderName", Shape.TEXT)
            .and("senderContactName", Shape.TEXT)
            .named("IncomingStatus");

    /** One of our own. */
    static final Shape OUTGOING = COMMON.and("statusMessage", Shape.FILLED)
            .and("sendByApi", Shape.FLAG)
            .and("participants", Shape.list(Shape.TEXT))
            .named("OutgoingStatus");

    private StatusItem() {}

    /** The moment so many minutes ago. */
    static Instant since(Optional<Long> minutes, Clock clock) {
        return clock.instant().minus(Duration.ofMinutes(minutes.orElse(STANDARD_MINUTES)));
    }

    /** All of them that have not been taken back. */
    static Stream<ObjectNode> incoming(
            List<Entry> entries, UnaryOperator<String> address, UnaryOperator<String> contactName) {
        return posted(entries)
                .map(each -> each.item("incoming", each.entry.sender(), address)
                        .put("senderId", each.entry.sender())
                        .put("senderName", each.body.senderName())
                        .put("senderContactName", contactName.apply(each.entry.sender())));
    }

    /**
     * The same of our own.
     *
     * @param own our account, as the API writes it
     */
    static Stream<ObjectNode> outgoing(List<Entry> entries, String own, UnaryOperator<String> address) {
        AtomicInteger told = new AtomicInteger();
        return posted(entries).takeWhile(each -> told.get() < MOST_PEOPLE).map(each -> {
            ObjectNode item = each.item("outgoing", own, address)
                    .put("statusMessage", each.entry.status().orElse(MessageStatus.SENT.wire()))
                    .put("sendByApi", each.body.sendByApi());
            // Of the others only WhatsApp knows which of them may see it.
            List<String> people = each.body
                    .audience()
                    .filter(StatusAudience::chosen)
                    .map(StatusAudience::people)
                    .orElse(List.of());
            told.addAndGet(people.size());
            people.forEach(item.putArray("participants")::add);
            return item;
        });
    }

    private record Posted(Entry entry, JournalBody body) {

        ObjectNode item(String type, String chat, UnaryOperator<String> address) {
            ObjectNode told = Json.object();
            body.content().addressed(address).writeTo(told);
            ObjectNode item = Json.object()
                    .put("type", type)
                    .put("idMessage", entry.id())
                    .put("timestamp", entry.at().getEpochSecond())
                    .put("typeMessage", told.has("textMessage") ? TEXT : entry.type())
                    .put("chatId", chat);
            for (String name :
                    List.of("textMessage", "downloadUrl", "caption", "fileName", "jpegThumbnail", "mimeType")) {
                if (told.has(name)) {
                    item.set(name, told.get(name));
                }
            }
            if (told.has("textMessage")) {
                StatusLook look = body.envelope()
                        .map(MessageEnvelope::content)
                        .map(content -> StatusLook.of(content.getExtendedTextMessage()))
                        .orElseGet(() -> new StatusLook(Optional.empty(), Optional.empty()));
                item.putObject(TEXT)
                        .put("text", told.path("textMessage").asString(""))
                        .put("backgroundColor", look.background().orElse(""))
                        .put("font", look.font().orElse(""));
            }
            return item;
        }
    }

    private static Stream<Posted> posted(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !ABOUT_OTHERS.contains(entry.type()))
                .flatMap(entry -> JournalBody.of(entry).map(body -> new Posted(entry, body)).stream())
                .filter(each -> each.body.marks().deletedBy().isEmpty());
    }
}
