package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instances;

/** Deletes an instance. The phone keeps its link until it is unlinked there: log out first (green-api.md §15). */
public record DeleteInstanceAccount(Instances instances) implements ApiMethod.OfPartner {

    private static final Field<Long> ID = Field.required("idInstance", FieldType.integer(1, Long.MAX_VALUE));

    @Override
    public Descriptor descriptor() {
        return Descriptor.partner("deleteInstanceAccount", Verb.POST)
                .taking(ID)
                .answering(Shape.object("deleteInstanceAccount", Shape.TRUE));
    }

    @Override
    public Reply handle(Call call) {
        return instances.delete(call.get(ID))
                ? Reply.flag("deleteInstanceAccount", true)
                : Reply.ok(Json.object().put("code", 404).put("description", "Instance not found"))
                        .succeeding(false);
    }
}
