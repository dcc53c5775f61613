package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;

/** Drops the connection and makes a new one at once. */
public final class Reboot implements InstanceMethod {

    private static final MethodSpec SPEC = MethodSpec.get("reboot", 1);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        instance.session().ifPresent(session -> session.account().reconnect());
        return Answer.ok(Json.object().put("isReboot", true));
    }
}
