package io.greenfinch.gateway.history;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells the newest messages of a chat, the newest first (green-api.md §7.1). */
public record GetChatHistory(Journals journals) implements ApiMethod.OfInstance {

    private static final long STANDARD_COUNT = 100;

    /** Without a chat there is nothing to tell, which is no mistake. */
    private static final Field<Optional<Jid>> CHAT = Field.optional("chatId", ChatIds.CHAT_ID);

    /** Zero is like none, as in the original. */
    private static final Field<Optional<Long>> COUNT = Field.optional(
            "count",
            new FieldType<>(
                            FieldType.is(JsonNode::isNumber, "must be a number"),
                            JsonNode::longValue,
                            Shape.number(0, Integer.MAX_VALUE),
                            0)
                    .and(FieldType.is(
                            value -> value.isIntegralNumber() && value.canConvertToInt(), "must be an integer"))
                    .and(FieldType.is(value -> value.longValue() >= 0, "must be greater than or equal to 1"))
                    .describedBy("default", Json.of(STANDARD_COUNT)));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getChatHistory", 1).taking(CHAT, COUNT).answering(Journals.ITEMS);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        long count = call.get(COUNT).filter(given -> given > 0).orElse(STANDARD_COUNT);
        return journals.told(
                instance,
                call.get(CHAT)
                        .map(chat -> journals.messages()
                                .ofChat(instance.id(), ChatNames.of(chat), (int) Math.min(count, Journals.MOST)))
                        .orElse(List.of()));
    }
}
