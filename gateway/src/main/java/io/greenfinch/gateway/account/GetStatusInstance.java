package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;

/** Tells whether an instance has a working connection at this moment. */
public final class GetStatusInstance implements InstanceMethod {

    @Override
    public String name() {
        return "getStatusInstance";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public int perSecond() {
        return 1;
    }

    @Override
    public boolean safe() {
        return true;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return Answer.ok(Json.object().put("statusInstance", instance.online() ? "online" : "offline"));
    }
}
