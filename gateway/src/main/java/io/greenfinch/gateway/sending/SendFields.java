package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.MessageIds;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that methods of sending have in common (green-api.md §5). Clients fill those that they don't use with nothing. */
final class SendFields {

    static final FieldType<String> PREVIEW_SIZE = FieldType.TEXT
            .and(FieldType.is(
                    value -> Set.of("", "large", "small").contains(value.stringValue()),
                    "must be one of [large, small]"))
            .shaped(Shape.words("", "large", "small"));

    /** How long typing is shown, in milliseconds; 0 is not at all. */
    static final FieldType<Long> TYPING_TIME = new FieldType<>(
                    FieldType.is(JsonNode::isNumber, "must be a number"),
                    JsonNode::longValue,
                    Shape.number(0, 20_000),
                    0)
            .and(FieldType.is(value -> value.isIntegralNumber() && value.canConvertToLong(), "must be an integer"))
            .and(FieldType.is(
                    value -> value.longValue() == 0 || value.longValue() >= 1000,
                    "must be greater than or equal to 1000"))
            .and(FieldType.is(value -> value.longValue() <= 20_000, "must be less than or equal to 20000"));

    static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    static final Field<Optional<String>> QUOTED = Field.fillable("quotedMessageId", MessageIds.MESSAGE_ID);
    static final Field<Optional<Long>> TYPING = Field.fillable("typingTime", TYPING_TIME);

    /** How the shown typing is called that is speaking. */
    static final String RECORDING = "recording";

    static final FieldType<String> TYPING_TYPE_NAME = FieldType.TEXT
            .and(FieldType.is(
                    value -> Set.of("", "typing", RECORDING).contains(value.stringValue()),
                    "must be one of [typing, recording]"))
            .shaped(Shape.words("", "typing", RECORDING));

    /** Forms have texts alone. */
    static final FieldType<Long> TYPING_TIME_OF_FORM = FieldType.TEXT
            .and((name, value) -> number(value.stringValue())
                    .map(time -> TYPING_TIME.rule().complaint(name, Json.of(time)))
                    .orElseGet(() -> Optional.of("'" + name + "' must be a number")))
            .as(text -> number(text).orElse(0L))
            .shaped(TYPING_TIME.shape());

    static final Field<Optional<Long>> TYPING_OF_FORM = Field.fillable("typingTime", TYPING_TIME_OF_FORM);
    static final Field<Optional<String>> TYPING_TYPE = Field.optional("typingType", TYPING_TYPE_NAME);

    /** What is written beside a file. */
    static final Field<Optional<String>> CAPTION = Field.optional("caption", FieldType.TEXT.notLonger(20_000));

    /** What people write. */
    static final FieldType<String> TEXT = FieldType.FILLED_TEXT.notLonger(20_000);

    /** A text that is told to people beside something else. */
    static final FieldType<String> SHORT_TEXT = FieldType.TEXT.notLonger(1000);

    /** A number with its country code. */
    static final FieldType<Long> PHONE_NUMBER = FieldType.integer(1_000_000L, 999_999_999_999_999L);

    /** The id of a message that a method is about. */
    static final Field<String> MESSAGE = Field.required("idMessage", MessageIds.MESSAGE_ID);

    private static final List<String> TEXTS = List.of("title", "description", "link", "urlFile", "jpegThumbnail");

    /** What is shown of a link. */
    static final FieldType<JsonNode> PREVIEW = FieldType.ANY
            .and(FieldType.is(JsonNode::isObject, "must be of type object"))
            .and(FieldType.is(value -> value.path("title").isString(), "must have a 'title'"))
            .and(FieldType.is(
                    value -> value.properties().stream()
                            .allMatch(each -> TEXTS.contains(each.getKey())
                                    && (each.getValue().isString()
                                            || each.getValue().isNull())),
                    "must only have texts: " + String.join(", ", TEXTS)))
            .shaped(shape());

    private SendFields() {}

    private static Optional<Long> number(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** What the queue shows of a request begins with this. */
    static ObjectNode to(Call call) {
        return Json.object().put("chatId", ChatNames.of(call.get(CHAT)));
    }

    /** And ends with this. */
    static ObjectNode with(Call call, ObjectNode request) {
        quoted(call).ifPresent(id -> request.put("quotedMessageId", id));
        typing(call).ifPresentOrElse(time -> request.put("typingTime", time), () -> request.putNull("typingTime"));
        return request;
    }

    /** How long typing is shown, where the caller wants any: 0 is like nothing. Forms have texts alone. */
    private static Optional<Long> typing(Call call) {
        Field<Optional<Long>> field = call.body().path(TYPING.name()).isString() ? TYPING_OF_FORM : TYPING;
        return call.get(field).filter(time -> time > 0);
    }

    /** What the queue shows of what is written beside a file. */
    static ObjectNode captioned(Optional<String> caption) {
        ObjectNode request = Json.object();
        caption.ifPresent(text -> request.put("caption", text));
        return request;
    }

    /** What the queue shows of a method that is about a message. */
    static ObjectNode about(Call call) {
        return to(call).put("idMessage", call.get(MESSAGE));
    }

    /** What is said of a message that no method knows. */
    static Reply unknown(String id) {
        return Reply.error(400, "Message not found by id " + id);
    }

    /** Whether WhatsApp will never have a message: nothing about it can be told to others. */
    static boolean neverSent(Entry own) {
        return Arrays.stream(MessageStatus.values())
                .filter(MessageStatus::isFailure)
                .anyMatch(status -> own.status().filter(status.wire()::equals).isPresent());
    }

    /** What is said of such a message. */
    static Reply notSent(String id) {
        return Reply.error(400, "Message " + id + " was not sent");
    }

    /** The message to be answered. */
    static Optional<String> quoted(Call call) {
        return call.get(QUOTED).filter(id -> !id.isEmpty());
    }

    private static Shape shape() {
        Shape shape = Shape.object("title", Shape.TEXT);
        for (String name : TEXTS) {
            shape = name.equals("title") ? shape : shape.maybe(name, Shape.TEXT);
        }
        return shape;
    }
}
