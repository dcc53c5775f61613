package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.util.Optional;
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
 */
public record JournalBody(MessageContent content, String senderName, boolean sendByApi, Optional<ByteString> original) {

    /** A message of which the content tells all. */
    public JournalBody(MessageContent content, String senderName, boolean sendByApi) {
        this(content, senderName, sendByApi, Optional.empty());
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The form in which it is stored. */
    public byte[] bytes() {
        ObjectNode node = object().put("senderName", senderName).put("sendByApi", sendByApi);
        node.set("content", content.stored());
        original.ifPresent(bytes -> node.put("original", bytes.toByteArray()));
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
                            original(node)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<ByteString> original(JsonNode node) {
        return node.path("original").isString()
                ? Optional.of(ByteString.copyFrom(node.path("original").binaryValue()))
                : Optional.empty();
    }

    /** An item of a journal (green-api.md §7.1); empty when what was stored can't be told. */
    public static Optional<ObjectNode> item(Entry entry) {
        return of(entry).map(body -> body.itemOf(entry));
    }

    private ObjectNode itemOf(Entry entry) {
        ObjectNode item = object().put("type", entry.outgoing() ? "outgoing" : "incoming")
                .put("idMessage", entry.id())
                .put("timestamp", entry.at().getEpochSecond())
                .put("typeMessage", content.typeMessage())
                .put("chatId", entry.chat());
        if (!entry.outgoing()) {
            item.put("senderId", entry.sender()).put("senderName", senderName).put("senderContactName", "");
        }
        content.writeTo(item);
        if (entry.outgoing()) {
            item.put("statusMessage", entry.status().orElse(MessageStatus.SENT.wire()))
                    .put("sendByApi", sendByApi);
        }
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
