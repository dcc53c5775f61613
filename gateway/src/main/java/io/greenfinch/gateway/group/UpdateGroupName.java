package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;

/** Gives a group another name (green-api.md §9.2). A group that has this name already is as wished. */
public final class UpdateGroupName implements InstanceMethod {

    private static final String FLAG = "updateGroupName";
    private static final int MAX_NAME = 100;
    private static final Schema SCHEMA = Schema.of(
            Field.required("groupId", GroupIds.RULE), Field.required("groupName", Field.filledText(MAX_NAME)));
    private static final MethodSpec SPEC = MethodSpec.post(FLAG, 1).authorized().taking(SCHEMA);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Jid group = GroupIds.jid(call.body().path("groupId").stringValue());
        String name = call.body().path("groupName").stringValue();
        return instance.session()
                .map(session -> rename(session, group, name, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private static Answer rename(Session session, Jid group, String name, Call call) {
        return switch (session.groups().change(group, new GroupChange.Subject(name), call.deadline())) {
            case Outcome.Done<GroupChange> done -> Answer.ok(Json.object().put(FLAG, true));
            case Outcome.Refused<GroupChange> refused ->
                Answer.ok(Json.object().put(FLAG, refused.reason() == Refusal.UNCHANGED))
                        .withReason(ChangeReasons.of(refused));
            case Outcome.Unknown<GroupChange> silence -> NoAnswers.of(silence.why());
        };
    }
}
