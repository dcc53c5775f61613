package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.CreatedGroup;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.Optional;

/** Creates a community, to which groups are added afterwards. An extension of Greenfinch. */
public final class CreateCommunity implements ApiMethod.OfSession {

    static final String COMMUNITY = "communityId";

    private static final String FLAG = "created";

    private static final Field<String> NAME = Field.required("communityName", FieldType.VISIBLE_TEXT.notLonger(100));
    private static final Field<Optional<String>> DESCRIPTION =
            Field.optional("description", FieldType.TEXT.notLonger(SetGroupDescription.LONGEST));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("createCommunity", 1)
                .taking(NAME, DESCRIPTION)
                .answering(Shape.either(
                        Shape.object(FLAG, Shape.TRUE).and(COMMUNITY, ChatIds.GROUP_SHAPE),
                        Shape.object(FLAG, Shape.constant(false))))
                .withReasons(Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.communities()
                .create(
                        call.get(NAME),
                        call.get(DESCRIPTION).orElse(""),
                        new RepeatedCreation(call.record(), COMMUNITY),
                        call.deadline())) {
            case Outcome.Done<CreatedGroup>(CreatedGroup created) ->
                Reply.ok(Json.object()
                        .put(FLAG, true)
                        .put(COMMUNITY, created.group().id().toString()));
            case Outcome.Refused<CreatedGroup> refused ->
                Reply.flag(FLAG, false).withReason(Reasons.refused(refused.code()));
            case Outcome.Unknown<CreatedGroup>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
