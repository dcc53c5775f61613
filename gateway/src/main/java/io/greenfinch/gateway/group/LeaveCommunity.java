package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;

/**
 * Leaves a community and all its groups, as leaveGroup leaves a group; what is no community is not left. An extension of
 * Greenfinch.
 */
public final class LeaveCommunity implements ApiMethod.OfSession {

    private static final String FLAG = "leaveCommunity";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ChatIds.COMMUNITY)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(String.join(" ", "not-a-community left-earlier", Reasons.LEAVE, Descriptor.REFUSED));
    }

    @Override
    public Reply handle(Call call, Session session) {
        Jid id = call.get(ChatIds.COMMUNITY);
        Optional<Group> known = session.groups().cached(id);
        // Of one that we are not in nothing is told; leaving it says so, or that it was left by an earlier call.
        Outcome<Group> shown = known.<Outcome<Group>>map(Outcome.Done::new)
                .orElseGet(() -> session.groups().find(id, call.deadline()));
        return switch (shown) {
            case Outcome.Done<Group>(Group group)
            when !group.settings().community() -> not(Reasons.word(Refusal.NOT_A_COMMUNITY));
            case Outcome.Done<Group> community -> leave(call, session, id);
            case Outcome.Refused<Group>(Refusal reason, int code, var invitation) ->
                reason == Refusal.NOT_A_MEMBER || reason == Refusal.GROUP_NOT_FOUND
                        ? leave(call, session, id)
                        : not(Reasons.of(reason, code));
            case Outcome.Unknown<Group>(Silence why) ->
                Reasons.noAnswer(why == Silence.UNKNOWN ? Silence.NOT_SENT : why);
        };
    }

    private static Reply leave(Call call, Session session, Jid id) {
        List<Jid> communities = List.of(id);
        List<Outcome<Departed>> outcomes = session.groups().leave(communities, call.deadline());
        Reply reply = switch (outcomes.getFirst()) {
            case Outcome.Done<Departed>(Departed left) -> {
                Reply out = Reply.flag(FLAG, true);
                yield left.earlier() ? out.withReason("left-earlier") : out;
            }
            case Outcome.Refused<Departed> refused -> not(Reasons.word(refused.reason()));
            case Outcome.Unknown<Departed>(Silence why) -> Reasons.noAnswer(why);
        };
        return reply.onDelivery(LeaveGroup.told(session, communities, outcomes));
    }

    private static Reply not(String reason) {
        return Reply.flag(FLAG, false).withReason(reason);
    }
}
