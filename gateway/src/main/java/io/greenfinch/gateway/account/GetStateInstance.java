package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import java.time.Clock;
import java.util.Arrays;

/** Tells the state of an instance. */
public record GetStateInstance(Clock clock) implements ApiMethod.OfInstance {

    static final Shape STATE = Shape.words(Arrays.stream(InstanceState.values())
                    .map(InstanceState::wire)
                    .toArray(String[]::new))
            .named("StateInstance");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getStateInstance", 1).with(Trait.SAFE).answering(Shape.object("stateInstance", STATE));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.ok(Json.object()
                .put("stateInstance", instance.state(clock.instant()).wire()));
    }
}
