package io.greenfinch.gateway.account;

import io.greenfinch.client.Session;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Reply;
import java.util.Map;

/** Tells who may see what of the account; an extension. */
public final class GetPrivacySettings implements ApiMethod.OfSession {

    static final String REASONS = "not-sent unknown not-acceptable " + Descriptor.REFUSED;

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getPrivacySettings", 1)
                .with(Trait.SAFE)
                .answering(PrivacyField.shape())
                .withReasons(502, REASONS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return answer(session.privacy().settings(call.deadline()));
    }

    /** What they are, or why that is not known. */
    static Reply answer(Outcome<Map<String, String>> outcome) {
        return switch (outcome) {
            case Outcome.Done<Map<String, String>>(Map<String, String> told) -> Reply.ok(PrivacyField.node(told));
            case Outcome.Refused<Map<String, String>>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<Map<String, String>>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
