package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves a group: the table of design §5. The answer is what WhatsApp confirmed for this very group; whether the caller
 * received it decides what a repeated call is told.
 */
public final class LeaveGroup implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("leaveGroup", 10)
                .taking(ChatIds.GROUP)
                .answering(
                        Shape.either(Shape.object("leaveGroup", Shape.FLAG), Shape.object("removeAdmin", Shape.TRUE)))
                .withReasons(Reasons.LEAVE + " left-earlier");
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<Jid> groups = List.of(call.get(ChatIds.GROUP));
        List<Outcome<Departed>> outcomes = session.groups().leave(groups, call.deadline());
        return reply(outcomes.getFirst()).onDelivery(told(session, groups, outcomes));
    }

    private static Reply reply(Outcome<Departed> outcome) {
        return switch (outcome) {
            case Outcome.Done<Departed>(Departed left) -> {
                Reply out = Reply.flag(left.admin() ? "removeAdmin" : "leaveGroup", true);
                yield left.earlier() ? out.withReason("left-earlier") : out;
            }
            case Outcome.Refused<Departed> refused ->
                Reply.flag("leaveGroup", false).withReason(Reasons.word(refused.reason()));
            case Outcome.Unknown<Departed>(Silence why) -> Reasons.noAnswer(why);
        };
    }

    /**
     * Tells the session which leaves its caller has learnt of. Groups whose outcome is unknown are left out: their callers
     * have learnt nothing yet, so what is remembered of those leaves must stay for the repeated call.
     */
    static Reply.Delivery told(Session session, List<Jid> groups, List<Outcome<Departed>> outcomes) {
        List<Jid> certain = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!(outcomes.get(i) instanceof Outcome.Unknown)) {
                certain.add(groups.get(i));
            }
        }
        return delivered -> {
            if (!certain.isEmpty()) {
                session.groups().answered(certain, delivered);
            }
        };
    }
}
