package io.greenfinch.gateway.account;

import io.greenfinch.client.PasskeyStep;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;

/** What callers are told of linking by a passkey, where it comes no further. */
final class PasskeyReplies {

    /** Why it doesn't. */
    static final String REASONS = "not-demanded " + Descriptor.REFUSED;

    private PasskeyReplies() {}

    /** Of a step that did not lead where it should. */
    static Reply failed(String flag, PasskeyStep step) {
        return switch (step) {
            case PasskeyStep.Refused(int code) -> failed(flag).withReason(Reasons.refused(code));
            case PasskeyStep.Unanswered _ -> Reply.error(502, "Bad Gateway").withReason("unknown");
            case PasskeyStep.NotDemanded _, PasskeyStep.Code _, PasskeyStep.Confirmed _ ->
                failed(flag).withReason("not-demanded");
        };
    }

    private static Reply failed(String flag) {
        return Reply.ok(Json.object().put(flag, false)).succeeding(false);
    }
}
