package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;

/**
 * Gives the instance another token. The one that was used is worth nothing once this answers; calls that were let in
 * with it finish. Of two callers with the same old token one gets a new one, the other is turned away.
 */
public final class UpdateApiToken implements InstanceMethod {

    private static final MethodSpec SPEC = MethodSpec.get("updateApiToken", 10);

    private final Instances instances;

    public UpdateApiToken(Instances instances) {
        this.instances = instances;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return instances
                .renewToken(instance, call.token())
                .map(token -> Answer.ok(Json.object().put("apiTokenInstance", token.text())))
                .orElseGet(() -> Answer.empty(401));
    }
}
