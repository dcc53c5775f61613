package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
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
import java.util.List;

/**
 * Leaves a group: the table of design §5. The answer is what WhatsApp confirmed for this very group; whether the caller
 * received it decides what a repeated call is told.
 */
public final class LeaveGroup implements InstanceMethod {

    private static final Schema SCHEMA = Schema.of(Field.required("groupId", GroupIds.RULE));
    private static final MethodSpec SPEC =
            MethodSpec.post("leaveGroup", 10).authorized().taking(SCHEMA);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        List<Jid> groups = List.of(GroupIds.jid(call.body().path("groupId").stringValue()));
        return instance.session()
                .map(session -> leave(session, groups, call))
                .orElseGet(() -> answer(new Outcome.Unknown<>(Silence.NOT_LINKED)));
    }

    private static Answer leave(Session session, List<Jid> groups, Call call) {
        List<Outcome<Departed>> outcomes = session.groups().leave(groups, call.deadline());
        return answer(outcomes.getFirst()).onDelivery(Departures.told(session, groups, outcomes));
    }

    /** The answer to each outcome. */
    static Answer answer(Outcome<Departed> outcome) {
        return switch (outcome) {
            case Outcome.Done<Departed>(Departed left) -> {
                Answer out = Answer.ok(Json.object().put(left.admin() ? "removeAdmin" : "leaveGroup", true));
                yield left.earlier() ? out.withReason(LeaveReasons.LEFT_EARLIER) : out;
            }
            case Outcome.Refused<Departed> refused -> notLeft(refused.reason());
            case Outcome.Unknown<Departed> silence -> NoAnswers.of(silence.why());
        };
    }

    private static Answer notLeft(Refusal refusal) {
        return Answer.ok(Json.object().put("leaveGroup", false)).withReason(LeaveReasons.of(refusal));
    }
}
