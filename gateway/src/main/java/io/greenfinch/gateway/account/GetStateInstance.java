package io.greenfinch.gateway.account;

import io.greenfinch.client.DisconnectCause;
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
import java.util.stream.Collectors;

/** Tells the state of an instance. */
public record GetStateInstance(Clock clock) implements ApiMethod.OfInstance {

    static final Shape STATE = Shape.words(Arrays.stream(InstanceState.values())
                    .map(InstanceState::wire)
                    .toArray(String[]::new))
            .named("StateInstance");

    /** Why a connection may not work. */
    static final String CAUSES =
            Arrays.stream(DisconnectCause.values()).map(DisconnectCause::word).collect(Collectors.joining(" "))
                    + " damaged";

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getStateInstance", 1)
                .with(Trait.SAFE)
                .answering(Shape.object("stateInstance", STATE))
                .withReasons(CAUSES);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return withCause(
                Reply.ok(Json.object()
                        .put("stateInstance", instance.state(clock.instant()).wire())),
                instance);
    }

    /** The reply, with the cause as its reason while the connection of a linked instance does not work, or never will. */
    static Reply withCause(Reply reply, Instance instance) {
        if (instance.damaged()) {
            return reply.withReason("damaged");
        }
        return instance.cause().map(cause -> reply.withReason(cause.word())).orElse(reply);
    }
}
