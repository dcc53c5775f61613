package io.greenfinch.gateway.status;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Tells the status updates of others that came in lately, the newest first (green-api.md §13). Nobody is told that they were seen.
 */
public record GetIncomingStatuses(MessageTable messages, ContactTable contacts, UnaryOperator<String> address)
        implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getIncomingStatuses", 1)
                .with(Trait.SAFE)
                .taking(StatusItem.MINUTES)
                .answering(Shape.list(StatusItem.INCOMING, 0, StatusItem.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        List<Entry> entries = messages.statuses(
                instance.id(),
                false,
                StatusItem.since(call.get(StatusItem.MINUTES), messages.clock()),
                StatusItem.MOST);
        return Reply.ok(Json.array()
                .addAll(StatusItem.incoming(entries, address, contacts.names(instance.id()))
                        .toList()));
    }
}
