package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves up to a hundred groups with one stanza; an extension of Greenfinch (design §5). One result per group in the
 * order asked, and always 200 once the instance is linked: each group has its own truth.
 */
public final class LeaveGroups implements InstanceMethod {

    private static final int MAX_GROUPS = 100;
    private static final Schema SCHEMA =
            Schema.of(Field.required("groupIds", Field.array(1, MAX_GROUPS, GroupIds.RULE)));
    private static final MethodSpec SPEC =
            MethodSpec.post("leaveGroups", 1).authorized().taking(SCHEMA);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        List<Jid> groups = new ArrayList<>();
        for (JsonNode id : call.body().path("groupIds")) {
            groups.add(GroupIds.jid(id.stringValue()));
        }
        return instance.session()
                .map(session -> leave(session, groups, call))
                .orElseGet(() -> LeaveGroup.answer(new Outcome.Unknown<>(Silence.NOT_LINKED)));
    }

    private static Answer leave(Session session, List<Jid> groups, Call call) {
        List<Outcome<Departed>> outcomes = session.groups().leave(groups, call.deadline());
        Outcome<Departed> notLinked = new Outcome.Unknown<>(Silence.NOT_LINKED);
        if (outcomes.stream().allMatch(notLinked::equals)) {
            return LeaveGroup.answer(notLinked);
        }
        ArrayNode results = Json.array();
        for (int i = 0; i < groups.size(); i++) {
            results.add(result(groups.get(i), outcomes.get(i)));
        }
        ObjectNode body = Json.object();
        body.set("results", results);
        return Answer.ok(body).onDelivery(Departures.told(session, groups, outcomes));
    }

    private static ObjectNode result(Jid group, Outcome<Departed> outcome) {
        ObjectNode result = Json.object().put("groupId", group.toString());
        switch (outcome) {
            case Outcome.Done<Departed>(Departed left) -> {
                result.put("leaveGroup", true);
                if (left.admin()) {
                    result.put("removeAdmin", true);
                }
            }
            case Outcome.Refused<Departed> refused ->
                result.put("leaveGroup", false).put("reason", LeaveReasons.of(refused.reason()));
            case Outcome.Unknown<Departed> silence ->
                result.putNull("leaveGroup").put("reason", NoAnswers.reason(silence.why()));
        }
        return result;
    }
}
