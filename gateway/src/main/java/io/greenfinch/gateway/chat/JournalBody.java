package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.ProtocolMessage;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the journal keeps of a message beside its address. Immutable; {@link #toString} does not show it.
 *
 * @param senderName the name that the sender goes by; empty where it is not known
 * @param sendByApi whether a caller had it sent
 * @param original all of it as it came, where the content does not tell all; read-only
 * @param marks what was done to it later
 * @param audience who may see it, of a status update of ours
 */
public record JournalBody(
        MessageContent content,
        String senderName,
        boolean sendByApi,
        Optional<ByteString> original,
        JournalMarks marks,
        Optional<StatusAudience> audience) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A message to which nothing was done. */
    public JournalBody(MessageContent content, String senderName, boolean sendByApi, Optional<ByteString> original) {
        this(content, senderName, sendByApi, original, JournalMarks.NONE, Optional.empty());
    }

    /** The same, which they may see. */
    public JournalBody seenBy(Optional<StatusAudience> people) {
        return new JournalBody(content, senderName, sendByApi, original, marks, people);
    }

    /** The same, to which something was done. */
    public JournalBody with(JournalMarks done) {
        return new JournalBody(content, senderName, sendByApi, original, done, audience);
    }

    /** The same message, of which something else is told. */
    public JournalBody with(MessageContent told) {
        return new JournalBody(told, senderName, sendByApi, original, marks, audience);
    }

    /** The same message, which says something else now; one that a later change has changed stays as it is. */
    public JournalBody edited(ProtocolMessage edit, String by) {
        if (marks.editedBy().isPresent() && marks.editedAt() > edit.getTimestampMs()) {
            return this;
        }
        Optional<MessageContent> other =
                original.isEmpty() && content instanceof TextContent(var old, var extra, var quote)
                        ? MessageReading.editedText(edit).map(text -> new TextContent(text, extra, quote))
                        : MessageReading.editedCaption(edit).flatMap(this::captioned);
        return other.map(changed -> new JournalBody(
                        changed, senderName, sendByApi, original, marks.edited(by, edit.getTimestampMs()), audience))
                .orElse(this);
    }

    private Optional<MessageContent> captioned(String caption) {
        return content instanceof DataContent data && data.key().equals(DataContent.FILE)
                ? Optional.of(new DataContent(
                        data.typeMessage(), data.key(), data.data().deepCopy().put("caption", caption), data.quote()))
                : Optional.empty();
    }

    /** The form in which it is stored. */
    public byte[] bytes() {
        ObjectNode node = object().put("senderName", senderName).put("sendByApi", sendByApi);
        node.set("content", content.stored());
        original.ifPresent(bytes -> node.put("original", bytes.toByteArray()));
        marks.stored().ifPresent(done -> node.set("marks", done));
        audience.ifPresent(people -> node.set("audience", people.node()));
        return JSON.writeValueAsBytes(node);
    }

    /** What was stored; empty when that is none of ours. */
    public static Optional<JournalBody> of(Entry entry) {
        try {
            JsonNode node = JSON.readTree(entry.body());
            return MessageContent.ofStored(node.path("content"))
                    .map(content -> new JournalBody(
                            content,
                            node.path("senderName").asString(""),
                            node.path("sendByApi").asBoolean(false),
                            original(node),
                            JournalMarks.of(node.path("marks")),
                            StatusAudience.of(node.path("audience"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<ByteString> original(JsonNode node) {
        return node.path("original").isString()
                ? Optional.of(ByteString.copyFrom(node.path("original").binaryValue()))
                : Optional.empty();
    }

    /** The same message, of which more is known now: where its file is, or what is shown of its link. Empty where nothing is told of that. */
    public Optional<JournalBody> whole(Message known) {
        if (original.isPresent()) {
            return Optional.of(new JournalBody(
                    content, senderName, sendByApi, Optional.of(known.toByteString()), marks, audience));
        }
        return content instanceof TextContent text && known.hasExtendedTextMessage()
                ? Optional.of(new JournalBody(
                        text.with(MessageReading.extra(known.getExtendedTextMessage())),
                        senderName,
                        sendByApi,
                        original,
                        marks,
                        audience))
                : Optional.empty();
    }

    /** The message as it was sent, where all of it is kept. */
    public Optional<MessageEnvelope> envelope() {
        return original.flatMap(bytes -> MessageEnvelope.ofPlain(bytes.toByteArray()));
    }

    /**
     * An item of a journal (green-api.md §7.1); empty when what was stored can't be told.
     *
     * @param address makes whole addresses of files
     * @param contactName what somebody is called in the account's address book
     */
    public static Optional<ObjectNode> item(
            Entry entry, UnaryOperator<String> address, UnaryOperator<String> contactName) {
        return of(entry).map(body -> body.itemOf(entry, body.content.addressed(address), contactName));
    }

    private ObjectNode itemOf(Entry entry, MessageContent told, UnaryOperator<String> contactName) {
        ObjectNode item = object().put("type", entry.outgoing() ? "outgoing" : "incoming")
                .put("idMessage", entry.id())
                .put("timestamp", entry.at().getEpochSecond())
                .put("typeMessage", told.typeMessage())
                .put("chatId", entry.chat());
        if (!entry.outgoing()) {
            item.put("senderId", entry.sender())
                    .put("senderName", senderName)
                    .put("senderContactName", contactName.apply(entry.sender()));
        }
        told.writeTo(item);
        if (entry.outgoing()) {
            item.put("statusMessage", entry.status().orElse(MessageStatus.SENT.wire()))
                    .put("sendByApi", sendByApi);
        }
        marks.writeTo(item);
        return item;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public String toString() {
        return "JournalBody[hidden]";
    }
}
