package io.greenfinch.gateway.status;

import io.greenfinch.client.Account;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Tells our own status updates of late, the newest first, those from the phone among them (green-api.md §13).
 */
public record GetOutgoingStatuses(MessageTable messages, UnaryOperator<String> address)
        implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getOutgoingStatuses", 1)
                .with(Trait.SAFE)
                .taking(StatusItem.MINUTES)
                .answering(Shape.list(StatusItem.OUTGOING, 0, StatusItem.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        List<Entry> entries = messages.statuses(
                instance.id(), true, StatusItem.since(call.get(StatusItem.MINUTES), messages.clock()), StatusItem.MOST);
        String own = instance.session()
                .flatMap(session -> session.account().status().account())
                .map(Account::pn)
                .map(ChatNames::of)
                .orElse("");
        return Reply.ok(
                Json.array().addAll(StatusItem.outgoing(entries, own, address).toList()));
    }
}
