package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.Forwarding;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.MessageIds;
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
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Passes messages of one chat on to another, all or none (green-api.md §5.8). */
public record ForwardMessages(Sending sending) implements ApiMethod.OfInstance {

    /** How the queue calls one. */
    static final String TYPE = "ForwardMessages";

    private static final int MOST = 100;

    private static final Field<Jid> FROM = Field.required("chatIdFrom", ChatIds.CHAT_ID);
    private static final Field<List<String>> MESSAGES =
            Field.required("messages", FieldType.array(1, MOST, FieldType.FILLED_TEXT.notLonger(MessageIds.LONGEST)));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("forwardMessages", 50)
                .taking(SendFields.CHAT, FROM, MESSAGES, SendFields.TYPING)
                .answering(Shape.object("messages", Shape.list(Shape.TEXT, 1, MOST)));
    }

    /** The file of one that we have not sent yet is not stored anywhere. */
    private static boolean isWhole(MessageEnvelope message) {
        return FileContent.of(message.content())
                .map(file -> file.mediaKey().length > 0)
                .orElse(true);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        List<Draft> drafts = new ArrayList<>();
        for (String id : call.get(MESSAGES)) {
            Optional<Known> known = sending.find(instance, call.get(FROM), id);
            if (known.isEmpty()) {
                return SendFields.unknown(id);
            }
            if (!isWhole(known.get().message())) {
                return Reply.error(400, "Message " + id + " has not been sent");
            }
            Optional<Message> passed = known.map(Known::message).flatMap(Forwarding::of);
            if (passed.isEmpty()) {
                return Reply.error(400, "Message " + id + " is of a kind that can not be forwarded");
            }
            ObjectNode request = SendFields.to(call).put("chatIdFrom", ChatNames.of(call.get(FROM)));
            request.putArray("messages").add(id);
            drafts.add(new Draft(TYPE, call.get(SendFields.CHAT), SendFields.with(call, request), passed.get()));
        }
        return sending.give(
                instance, drafts, call.record(), ids -> Reply.ok(Json.object().set("messages", Json.of(ids))));
    }
}
