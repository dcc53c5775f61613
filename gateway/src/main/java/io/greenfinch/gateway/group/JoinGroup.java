package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Joined;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;

/**
 * Comes into a group by a link or an invitation, or asks its administrators to be let in, where it takes them. An extension of
 * Greenfinch.
 */
public final class JoinGroup implements ApiMethod.OfSession {

    private static final String FLAG = "joinGroup";
    private static final String GROUP = "groupId";
    private static final String WAITS = "awaitsApproval";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(InviteFields.ALL)
                .answering(Shape.object(FLAG, Shape.FLAG).and(WAITS, Shape.FLAG).maybe(GROUP, ChatIds.GROUP_SHAPE))
                .withReasons(Reasons.ENTRY);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return InviteFields.with(
                call,
                code -> reply(session.groups().join(code, call.deadline())),
                invitation -> reply(session.groups().join(invitation, call.deadline())));
    }

    private static Reply reply(Outcome<Joined> outcome) {
        return switch (outcome) {
            case Outcome.Done<Joined>(Joined joined) -> {
                boolean waits = joined.pending();
                Reply told = Reply.ok(Json.object()
                        .put(FLAG, !waits)
                        .put(WAITS, waits)
                        .put(GROUP, joined.group().toString()));
                yield waits ? told.withReason(Reasons.word(Refusal.AWAITS_APPROVAL)) : told;
            }
            case Outcome.Refused<Joined>(Refusal reason, int code, var invitation) ->
                Reply.ok(Json.object().put(FLAG, false).put(WAITS, reason == Refusal.AWAITS_APPROVAL))
                        .withReason(Reasons.of(reason, code))
                        .succeeding(false);
            case Outcome.Unknown<Joined>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
