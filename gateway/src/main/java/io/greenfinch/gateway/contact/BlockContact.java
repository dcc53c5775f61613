package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;

/**
 * Blocks somebody for the account, or takes that back; an extension.
 *
 * @param blocked which of both
 */
public record BlockContact(boolean blocked) implements ApiMethod.OfSession {

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.PERSON_ID);

    private String name() {
        return blocked ? "blockContact" : "unblockContact";
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name(), 1)
                .taking(CHAT)
                .answering(Shape.object(name(), Shape.FLAG))
                .withReasons("not-on-whatsapp not-acceptable " + Descriptor.REFUSED)
                .withReasons(502, "not-sent unknown");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.privacy().block(call.get(CHAT), blocked, call.deadline())) {
            case Outcome.Done<Jid> done -> Reply.flag(name(), true);
            case Outcome.Refused<Jid>(Refusal reason, int code, var invitation) ->
                Reply.flag(name(), false).withReason(Reasons.of(reason, code));
            case Outcome.Unknown<Jid>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
