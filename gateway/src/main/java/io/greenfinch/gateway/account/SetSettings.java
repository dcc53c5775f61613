package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import java.util.List;

/** Changes those settings that are named; they are stored and in effect when this answers (green-api.md §4.2). */
public record SetSettings(Instances instances, SettingFields fields) implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("setSettings", 1)
                .taking(new Fields(fields.all(), List.of(), true))
                .answering(Shape.object("saveSettings", Shape.TRUE));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return instances.change(instance, call.body())
                ? Reply.flag("saveSettings", true)
                : Reply.error(400, "Instance is deleted");
    }
}
