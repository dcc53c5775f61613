package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.JoinRequest;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Lists those who wait to be let into a group, for its administrators. An extension of Greenfinch. */
public final class GetGroupJoinRequests implements ApiMethod.OfSession {

    private static final String REQUESTS = "requests";

    private static final Shape WAYS = Shape.words(
            Arrays.stream(JoinRequest.Method.values()).map(Reasons::word).toArray(String[]::new));

    private static final ObjectShape<JoinRequest> REQUEST = ObjectShape.of(JoinRequest.class)
            .with(ChatIds.PARTICIPANT, ChatIds.MEMBER_SHAPE, of -> ChatNames.of(of.person()))
            .maybe("lid", Shape.pattern("[0-9]+@lid"), of -> of.person().lid().map(Jid::toString))
            .number("timestamp", of -> of.at().getEpochSecond())
            .with("method", WAYS, of -> Reasons.word(of.method()))
            .maybe("requestedBy", ChatIds.MEMBER_SHAPE, GetGroupJoinRequests::requestedBy);

    /** By the number where it is known, as it is of who asks in person. */
    private static Optional<String> requestedBy(JoinRequest request) {
        return request.requestor()
                .map(jid -> request.person().is(jid) ? ChatNames.of(request.person()) : ChatNames.of(jid));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getGroupJoinRequests", 10)
                .taking(ChatIds.GROUP)
                .answering(Shape.object(REQUESTS, Shape.list(REQUEST.shape()).orNull()))
                .withReasons(Reasons.OF_ADMINS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.groups().joinRequests(call.get(ChatIds.GROUP), call.deadline())) {
            case Outcome.Done<List<JoinRequest>>(List<JoinRequest> waiting) -> {
                ObjectNode body = Json.object();
                body.set(REQUESTS, REQUEST.all(waiting));
                yield Reply.ok(body);
            }
            case Outcome.Refused<List<JoinRequest>>(Refusal reason, int code, var invitation) ->
                Reply.ok(Json.object().putNull(REQUESTS))
                        .withReason(Reasons.of(reason, code))
                        .succeeding(false);
            case Outcome.Unknown<List<JoinRequest>>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
