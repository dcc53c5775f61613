package io.greenfinch.gateway.partner;

import io.greenfinch.gateway.account.SettingFields;
import io.greenfinch.gateway.account.UpdateApiToken;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.RepeatRecord;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.ApiToken;
import io.greenfinch.gateway.instance.CreationRows;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.Row;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes an instance with the settings given. An empty body is a nameless instance with the defaults. */
public record CreateInstance(Instances instances, SettingFields fields) implements ApiMethod.OfPartner {

    private static final Field<Optional<String>> NAME = Field.optional("name", FieldType.TEXT.notLonger(255));

    /** An instance with the only copy of its token in the clear. */
    private record Made(long id, ApiToken token) {}

    private static final ObjectShape<Made> CREATED = ObjectShape.of(Made.class)
            .with("idInstance", Shape.number(1, Long.MAX_VALUE), Made::id)
            .with("apiTokenInstance", UpdateApiToken.TOKEN, made -> made.token().text())
            .always("typeInstance", "whatsapp");

    @Override
    public Descriptor descriptor() {
        return Descriptor.partner("createInstance", Verb.POST)
                .taking(Stream.concat(Stream.of(NAME), fields.all().stream()).toArray(Field<?>[]::new))
                .answering(CREATED.shape());
    }

    @Override
    public Reply handle(Call call) {
        InstanceSettings settings = InstanceSettings.DEFAULTS.with(call.body());
        Instances.Created created =
                instances.create(call.get(NAME).orElse(""), settings, new KeptCreation(call.record()));
        return answer(created.instance().id(), created.token());
    }

    private static Reply answer(long id, ApiToken token) {
        return Reply.ok(CREATED.of(new Made(id, token)));
    }

    /** The answer is stored together with the instance: a repeat makes no second one, whenever the process dies. */
    private record KeptCreation(RepeatRecord record) implements CreationRows {

        @Override
        public Optional<Row> made(long id, ApiToken token) {
            return record.answering(answer(id, token));
        }

        @Override
        public Optional<Row> undone() {
            return record.takingBack();
        }
    }
}
