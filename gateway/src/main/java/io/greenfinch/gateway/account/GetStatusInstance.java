package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;

/** Tells whether an instance has a working connection at this moment. */
public final class GetStatusInstance implements InstanceMethod {

    private static final MethodSpec SPEC =
            MethodSpec.get("getStatusInstance", 1).asSafe();

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return Answer.ok(Json.object().put("statusInstance", instance.online() ? "online" : "offline"));
    }
}
