package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Lists whom the account has blocked; an extension. */
public final class GetBlockedContacts implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getBlockedContacts", 1)
                .with(Trait.SAFE)
                .answering(Shape.list(ChatIds.PERSON_SHAPE))
                .withReasons(502, "not-sent unknown " + Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.privacy().blocked(call.deadline())) {
            case Outcome.Done<List<Jid>>(List<Jid> people) -> {
                ArrayNode told = Json.array();
                people.forEach(person -> told.add(ChatNames.of(person)));
                yield Reply.ok(told);
            }
            case Outcome.Refused<List<Jid>>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<List<Jid>>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
