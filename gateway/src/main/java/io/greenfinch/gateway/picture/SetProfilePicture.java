package io.greenfinch.gateway.picture;

import io.greenfinch.client.group.Silence;
import io.greenfinch.gateway.group.NoAnswers;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.http.Verb;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.NullNode;

/** Gives the account a picture (green-api.md §4.11). */
public final class SetProfilePicture implements InstanceMethod {

    private static final Schema SCHEMA = Schema.of(SetPicture.FILE);

    private final SetPicture setPicture;

    public SetProfilePicture(PictureStudio studio, Clock clock) {
        setPicture = new SetPicture(studio, clock, name(), NullNode.getInstance());
    }

    @Override
    public String name() {
        return "setProfilePicture";
    }

    @Override
    public Verb verb() {
        return Verb.POST;
    }

    @Override
    public int perSecond() {
        return 1;
    }

    @Override
    public Duration window() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Need need() {
        return Need.AUTHORIZED;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return instance.session()
                .map(session -> setPicture.handle(session, Optional.empty(), call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }
}
