package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves up to a hundred groups with one stanza; an extension of Greenfinch (design §5). One result per group in the
 * order asked, and always 200 once the instance is linked: each group has its own truth.
 */
public final class LeaveGroups implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        Shape group = Shape.object("groupId", ChatIds.GROUP_SHAPE);
        Shape out = group.and("leaveGroup", Shape.TRUE).maybe("removeAdmin", Shape.TRUE);
        String reasons = Reasons.LEAVE + " not-sent unknown whatsapp-rate-limit not-linked";
        Shape notOut =
                group.and("leaveGroup", Shape.constant(false).orNull()).and("reason", Shape.words(reasons.split(" ")));
        return Descriptor.post("leaveGroups", 1)
                .taking(ChatIds.GROUPS)
                .answering(Shape.object("results", Shape.list(Shape.either(out, notOut), 1, EachResult.MOST)));
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<Jid> groups = call.get(ChatIds.GROUPS);
        List<Outcome<Departed>> outcomes = session.groups().leave(groups, call.deadline());
        if (outcomes.stream().allMatch(new Outcome.Unknown<Departed>(Silence.NOT_LINKED)::equals)) {
            return Reply.notLinked();
        }
        ArrayNode results = Json.array();
        for (int i = 0; i < groups.size(); i++) {
            results.add(result(groups.get(i), outcomes.get(i)));
        }
        ObjectNode body = Json.object();
        body.set("results", results);
        return Reply.ok(body)
                .succeeding(outcomes.stream().allMatch(Outcome.Done.class::isInstance))
                .onDelivery(LeaveGroup.told(session, groups, outcomes));
    }

    private static ObjectNode result(Jid group, Outcome<Departed> outcome) {
        ObjectNode result = Json.object().put("groupId", group.toString());
        return switch (outcome) {
            case Outcome.Done<Departed>(Departed left)
            when left.admin() -> result.put("leaveGroup", true).put("removeAdmin", true);
            case Outcome.Done<Departed> left -> result.put("leaveGroup", true);
            case Outcome.Refused<Departed> refused ->
                result.put("leaveGroup", false).put("reason", Reasons.word(refused.reason()));
            case Outcome.Unknown<Departed>(Silence why) ->
                result.putNull("leaveGroup").put("reason", Reasons.of(why));
        };
    }
}
