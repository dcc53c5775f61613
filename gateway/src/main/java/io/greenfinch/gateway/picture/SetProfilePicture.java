package io.greenfinch.gateway.picture;

import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.NoAnswers;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.NullNode;

/** Gives the account a picture (green-api.md §4.11). */
public final class SetProfilePicture implements InstanceMethod {

    private static final Schema SCHEMA = Schema.of(SetPicture.FILE);
    private static final MethodSpec SPEC = MethodSpec.post("setProfilePicture", 1)
            .per(Duration.ofSeconds(10))
            .authorized()
            .taking(SCHEMA);

    private final SetPicture setPicture;

    public SetProfilePicture(PictureStudio studio, Clock clock) {
        setPicture = new SetPicture(studio, clock, SPEC.name(), NullNode.getInstance());
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return instance.session()
                .map(session -> setPicture.handle(session, Optional.empty(), call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }
}
