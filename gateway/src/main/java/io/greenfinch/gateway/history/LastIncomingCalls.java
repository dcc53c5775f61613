package io.greenfinch.gateway.history;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.CallTable;

/** Tells the phone calls that came in lately and have ended, the newest first (green-api.md §7.5). */
public record LastIncomingCalls(CallTable calls) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("lastIncomingCalls", 10)
                .with(Trait.SAFE)
                .taking(Journals.MINUTES)
                .answering(Shape.list(CallItem.INCOMING, 0, Journals.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return CallItem.told(calls.since(
                instance.id(), false, Journals.since(call.get(Journals.MINUTES), calls.clock()), Journals.MOST));
    }
}
