package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;

/** Tells how many messages wait to be sent (green-api.md §8). */
public record GetMessagesCount(Sending sending) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getMessagesCount", 1)
                .with(Trait.SAFE)
                .answering(Shape.object("count", Shape.number(0, Long.MAX_VALUE)));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.ok(Json.object().put("count", sending.queue().count(instance.id())));
    }
}
