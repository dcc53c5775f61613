package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.PartnerMethod;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instances;
import java.util.Set;

/** Deletes an instance. The phone keeps its link until it is unlinked there: log out first (green-api.md §15). */
public final class DeleteInstanceAccount implements PartnerMethod {

    private static final Schema SCHEMA = Schema.of(Field.required("idInstance", Field.integer(1, Long.MAX_VALUE)));

    private final Instances instances;

    public DeleteInstanceAccount(Instances instances) {
        this.instances = instances;
    }

    @Override
    public String name() {
        return "deleteInstanceAccount";
    }

    @Override
    public Set<Verb> verbs() {
        return Set.of(Verb.POST);
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Answer handle(Call call) {
        boolean deleted = instances.delete(call.body().path("idInstance").longValue());
        return Answer.ok(
                deleted
                        ? Json.object().put("deleteInstanceAccount", true)
                        : Json.object().put("code", 404).put("description", "Instance not found"));
    }
}
