package io.greenfinch.gateway.history;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.MessageIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;

/** Tells one message of a chat (green-api.md §7.2). */
public record GetMessage(Journals journals) implements ApiMethod.OfInstance {

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    private static final Field<String> ID = Field.required("idMessage", MessageIds.MESSAGE_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getMessage", 10).taking(CHAT, ID).answering(Journals.ITEM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(ID);
        return journals.messages()
                .find(instance.id(), ChatNames.of(call.get(CHAT)), id)
                .flatMap(entry -> JournalBody.item(
                        entry, journals.address(), journals.contacts().names(instance.id())))
                .map(Reply::ok)
                .orElseGet(() -> Reply.error(400, "Message not found by id " + id));
    }
}
