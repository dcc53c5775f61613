package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;

/** Takes one of our status updates back, from all who may see it (green-api.md §13). */
public record DeleteStatus(Sending sending) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("deleteStatus", 10).taking(SendFields.MESSAGE).with(Trait.EMPTY);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String id = call.get(SendFields.MESSAGE);
        Optional<Entry> status = sending.own(instance, Jid.STATUS, id);
        if (status.isEmpty()) {
            return SendFields.unknown(id);
        }
        Optional<StatusAudience> audience = status.flatMap(JournalBody::of).flatMap(JournalBody::audience);
        if (audience.isEmpty()) {
            return Reply.error(400, "Status " + id + " was posted on a phone: nobody here knows who may have got it");
        }
        Draft draft = new Draft(
                "deleteStatus",
                Jid.STATUS,
                Json.object().put("idMessage", id),
                MessageWriting.deletion(Jid.STATUS, id));
        return sending.give(instance, List.of(draft.seenBy(audience.get())), call.record(), ids -> Reply.empty(200));
    }
}
