package io.greenfinch.gateway.contact;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import java.util.function.Supplier;

/** What callers are told of what all devices of an account are to know. */
public final class SharedActions {

    /** Why nothing was done, or nobody knows. */
    public static final String REASONS = "not-sent unknown " + Descriptor.REFUSED;

    private SharedActions() {}

    /** The answer to a wish that WhatsApp was to keep. */
    public static Reply answer(Outcome<Integer> outcome, Supplier<Reply> done) {
        return switch (outcome) {
            case Outcome.Done<Integer> written -> done.get();
            case Outcome.Refused<Integer>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<Integer>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
