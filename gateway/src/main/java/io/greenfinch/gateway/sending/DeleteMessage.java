package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;
import java.util.Optional;

/** Takes one of our messages back, for everybody (green-api.md §11.7). */
public record DeleteMessage(Sending sending) implements ApiMethod.OfInstance {

    private static final Field<Optional<Boolean>> ONLY_HERE = Field.optional("onlySenderDelete", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("deleteMessage", 10)
                .taking(SendFields.CHAT, SendFields.MESSAGE, ONLY_HERE)
                .with(Trait.EMPTY);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        if (call.get(ONLY_HERE).orElse(false)) {
            return Reply.error(400, "onlySenderDelete is not offered by this version");
        }
        String id = call.get(SendFields.MESSAGE);
        if (sending.own(instance, call.get(SendFields.CHAT), id).isEmpty()) {
            return SendFields.unknown(id);
        }
        Draft draft = new Draft(
                "deleteMessage",
                call.get(SendFields.CHAT),
                SendFields.about(call),
                MessageWriting.deletion(call.get(SendFields.CHAT), id));
        return sending.give(instance, List.of(draft), call.record(), ids -> Reply.empty(200));
    }
}
