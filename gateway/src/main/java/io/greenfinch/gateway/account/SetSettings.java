package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;

/** Changes those settings that are named; they are stored and in effect when this answers (green-api.md §4.2). */
public final class SetSettings implements InstanceMethod {

    private static final Schema SCHEMA = Schema.of(SettingFields.all());
    private static final MethodSpec SPEC = MethodSpec.post("setSettings", 1).taking(SCHEMA);

    private final Instances instances;

    public SetSettings(Instances instances) {
        this.instances = instances;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        if (call.body().isEmpty()) {
            return Answer.error(400, Schema.FAILED + "'value' must have at least 1 key");
        }
        return instances.change(instance, call.body())
                ? Answer.ok(Json.object().put("saveSettings", true))
                : Answer.error(400, "Instance is deleted");
    }
}
