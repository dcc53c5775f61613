package io.greenfinch.gateway.history;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.CallTable;

/** Tells the account's own phone calls of late that have ended, as far as companions are told of them, the newest first (green-api.md §7.5). */
public record LastOutgoingCalls(CallTable calls) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("lastOutgoingCalls", 10)
                .with(Trait.SAFE)
                .taking(Journals.MINUTES)
                .answering(Shape.list(CallItem.OUTGOING, 0, Journals.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return CallItem.told(calls.since(
                instance.id(), true, Journals.since(call.get(Journals.MINUTES), calls.clock()), Journals.MOST));
    }
}
