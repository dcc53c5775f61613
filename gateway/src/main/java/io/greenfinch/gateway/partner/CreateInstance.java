package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.PartnerMethod;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.Instances;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes an instance with the settings given. An empty body is a nameless instance with the defaults. */
public final class CreateInstance implements PartnerMethod {

    private static final int MAX_NAME = 255;

    private final Instances instances;
    private final Schema schema;

    public CreateInstance(Instances instances) {
        this.instances = instances;
        List<Field> fields = new ArrayList<>();
        fields.add(Field.optional("name", Field.text(MAX_NAME)));
        fields.addAll(SettingFields.all());
        this.schema = Schema.of(fields);
    }

    @Override
    public String name() {
        return "createInstance";
    }

    @Override
    public Set<Verb> verbs() {
        return Set.of(Verb.POST);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Answer handle(Call call) {
        JsonNode name = call.body().path("name");
        Instances.Created created = instances.create(
                name.isString() ? name.stringValue() : "", InstanceSettings.DEFAULTS.with(call.body()));
        return Answer.ok(Json.object()
                .put("idInstance", created.instance().id())
                .put("apiTokenInstance", created.token().text())
                .put("typeInstance", "whatsapp"));
    }
}
