package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.MessageIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells who wrote them that messages of a chat were read: one of them, or the latest (green-api.md §10). */
public record ReadChat(MessageTable messages) implements ApiMethod.OfAccount {

    /** So many of the latest messages are marked; those before them were marked, or will not be missed. */
    private static final int LATEST = 100;

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    private static final Field<Optional<String>> ID = Field.fillable("idMessage", MessageIds.MESSAGE_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("readChat", 10)
                .taking(CHAT, ID)
                .answering(Shape.object("setRead", Shape.FLAG))
                .withReasons("no-message");
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        String name = ChatNames.of(chat);
        Optional<String> id = call.get(ID);
        List<Entry> read = id.isPresent()
                ? messages.find(instance.id(), name, id.get()).filter(entry -> !entry.outgoing()).stream()
                        .toList()
                : messages.received(instance.id(), name, LATEST);
        if (read.isEmpty()) {
            return Reply.flag("setRead", id.isEmpty()).withReason("no-message");
        }
        for (Map.Entry<Optional<Jid>, List<String>> each :
                ReadMarks.bySender(read).entrySet()) {
            Outcome<Integer> marked =
                    session.messages().markRead(chat, each.getKey(), each.getValue(), call.deadline());
            if (marked instanceof Outcome.Unknown<Integer>(Silence why)) {
                return Reasons.noAnswer(why);
            }
        }
        return Reply.flag("setRead", true);
    }
}
