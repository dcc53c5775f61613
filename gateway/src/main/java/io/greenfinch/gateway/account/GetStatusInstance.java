package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;

/** Tells whether an instance has a working connection at this moment. */
public final class GetStatusInstance implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getStatusInstance", 1)
                .with(Trait.SAFE)
                .answering(Shape.object("statusInstance", Shape.words("online", "offline")))
                .withReasons(GetStateInstance.CAUSES);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return GetStateInstance.withCause(
                Reply.ok(Json.object().put("statusInstance", instance.online() ? "online" : "offline")), instance);
    }
}
