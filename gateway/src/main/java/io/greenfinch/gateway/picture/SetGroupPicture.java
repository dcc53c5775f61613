package io.greenfinch.gateway.picture;

import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.GroupIds;
import io.greenfinch.gateway.group.NoAnswers;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.util.Optional;

/** Gives a group a picture (green-api.md §9.9). */
public final class SetGroupPicture implements InstanceMethod {

    private static final String GROUP = "groupId";
    private static final Schema SCHEMA = Schema.of(Field.required(GROUP, GroupIds.RULE), SetPicture.FILE);
    private static final MethodSpec SPEC =
            MethodSpec.post("setGroupPicture", 1).authorized().taking(SCHEMA);

    private final SetPicture setPicture;

    public SetGroupPicture(PictureStudio studio, Clock clock) {
        setPicture = new SetPicture(studio, clock, SPEC.name(), Json.text(""));
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Jid group = GroupIds.jid(call.body().path(GROUP).stringValue());
        return instance.session()
                .map(session -> setPicture.handle(session, Optional.of(group), call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }
}
