package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;

/** Tells the state of an instance. */
public final class GetStateInstance implements InstanceMethod {

    private static final MethodSpec SPEC = MethodSpec.get("getStateInstance", 1).asSafe();

    private final Clock clock;

    public GetStateInstance(Clock clock) {
        this.clock = clock;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return Answer.ok(Json.object()
                .put("stateInstance", instance.state(clock.instant()).wire()));
    }
}
