package io.greenfinch.gateway.history;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;

/** Tells the messages that came in lately, the newest first (green-api.md §7.3). */
public record LastIncomingMessages(Journals journals) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("lastIncomingMessages", 1)
                .with(Trait.SAFE)
                .taking(Journals.MINUTES)
                .answering(Journals.ITEMS);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return journals.lately(call, instance, false);
    }
}
