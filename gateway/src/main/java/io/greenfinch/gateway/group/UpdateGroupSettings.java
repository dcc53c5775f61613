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
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Says what participants of a group may do (green-api.md §9.4). WhatsApp is asked for one setting after the other; the
 * answer is true only when it has confirmed all. A refusal ends it, and says so when something had been changed by then.
 */
public final class UpdateGroupSettings implements InstanceMethod {

    private static final String FLAG = "updateGroupSettings";
    private static final String EDIT = "allowParticipantsEditGroupSettings";
    private static final String SEND = "allowParticipantsSendMessages";

    /** WhatsApp made the first change and refused the other. */
    private static final String PARTLY_DONE = "partly-done";

    private static final Schema SCHEMA = Schema.of(
                    Field.required("groupId", GroupIds.RULE),
                    Field.optional(EDIT, Field.flag()),
                    Field.optional(SEND, Field.flag()))
            .withOneOf(EDIT, SEND);
    private static final MethodSpec SPEC =
            MethodSpec.post(FLAG, 10).authorized().taking(SCHEMA);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Jid group = GroupIds.jid(call.body().path("groupId").stringValue());
        List<GroupChange> wishes = new ArrayList<>();
        JsonNode edit = call.body().path(EDIT);
        if (edit.isBoolean()) {
            wishes.add(new GroupChange.Locked(!edit.booleanValue()));
        }
        JsonNode send = call.body().path(SEND);
        if (send.isBoolean()) {
            wishes.add(new GroupChange.Announcement(!send.booleanValue()));
        }
        return instance.session()
                .map(session -> change(session, group, wishes, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private static Answer change(Session session, Jid group, List<GroupChange> wishes, Call call) {
        boolean someDone = false;
        for (GroupChange wish : wishes) {
            switch (session.groups().change(group, wish, call.deadline())) {
                case Outcome.Done<GroupChange> done -> someDone = true;
                case Outcome.Refused<GroupChange> refused -> {
                    if (refused.reason() != Refusal.UNCHANGED) { // what is so already is as wished
                        return refusal(refused, someDone ? PARTLY_DONE : ChangeReasons.of(refused));
                    }
                }
                case Outcome.Unknown<GroupChange> silence -> {
                    boolean nothing = silence.why() == Silence.NOT_SENT || silence.why() == Silence.RATE_LIMITED;
                    return NoAnswers.of(someDone && nothing ? Silence.UNKNOWN : silence.why());
                }
            }
        }
        return Answer.ok(Json.object().put(FLAG, true));
    }

    /** The two documented words in the body, the exact one in the header. */
    private static Answer refusal(Outcome.Refused<GroupChange> refused, String exactly) {
        boolean noGroup = refused.reason() == Refusal.NOT_A_MEMBER || refused.reason() == Refusal.GROUP_NOT_FOUND;
        return Answer.ok(Json.object().put(FLAG, false).put("reason", noGroup ? "NOT_ENOUGH_RIGHTS" : "FORBIDDEN"))
                .withReason(exactly);
    }
}
