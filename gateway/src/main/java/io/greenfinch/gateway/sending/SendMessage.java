package io.greenfinch.gateway.sending;

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
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a text to the queue of what is to be sent (green-api.md §5.1). The answer comes at once, with the id that the message will
 * have on WhatsApp; what becomes of it is told by notifications and journals.
 */
public record SendMessage(Sending sending) implements ApiMethod.OfInstance {

    private static final int LONGEST = 20_000;

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    private static final Field<String> MESSAGE = Field.required("message", FieldType.FILLED_TEXT.notLonger(LONGEST));
    private static final Field<Optional<String>> QUOTED =
            Field.optional("quotedMessageId", SendFields.MESSAGE_ID_OR_NOTHING);
    private static final Field<Optional<Boolean>> LINK_PREVIEW = Field.optional("linkPreview", FieldType.FLAG);
    private static final Field<Optional<String>> TYPE_PREVIEW = Field.optional("typePreview", SendFields.PREVIEW_SIZE);
    private static final Field<Optional<JsonNode>> CUSTOM_PREVIEW = Field.optional("customPreview", SendFields.PREVIEW);
    private static final Field<Optional<Long>> TYPING = Field.optional("typingTime", SendFields.TYPING_TIME);
    private static final Field<Optional<Boolean>> ARCHIVE = Field.optional("archiveChat", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendMessage", 50)
                .taking(CHAT, MESSAGE, QUOTED, LINK_PREVIEW, TYPE_PREVIEW, CUSTOM_PREVIEW, TYPING, ARCHIVE)
                .answering(Shape.object("idMessage", Shape.pattern("3EB0[0-9A-F]{18}")));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ObjectNode body = Json.object()
                .put("chatId", ChatNames.of(call.get(CHAT)))
                .put("message", call.get(MESSAGE))
                .put("linkPreview", call.get(LINK_PREVIEW).orElse(true))
                .put("typePreview", call.get(TYPE_PREVIEW).orElse("small"));
        call.get(QUOTED).filter(id -> !id.isEmpty()).ifPresent(id -> body.put("quotedMessageId", id));
        call.get(CUSTOM_PREVIEW).ifPresent(preview -> body.set("customPreview", preview));
        call.get(TYPING)
                .filter(time -> time > 0)
                .ifPresentOrElse(time -> body.put("typingTime", time), () -> body.putNull("typingTime"));
        return sending.give(instance, "sendMessage", body, call.record());
    }
}
