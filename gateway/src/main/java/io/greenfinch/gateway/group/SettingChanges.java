package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Reply;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Several settings of a group in one call. WhatsApp is asked for one after the other; the answer is true only when it has
 * confirmed all. A refusal ends it, and says so when something had been changed by then.
 */
final class SettingChanges {

    /** WhatsApp made a change before it refused another. */
    static final String PARTLY_DONE = "partly-done";

    private SettingChanges() {}

    /** @param refusal makes the answer of a refusal and the exact reason */
    static Reply make(
            Call call,
            Session session,
            String flag,
            List<GroupChange> wishes,
            BiFunction<Outcome.Refused<GroupChange>, String, Reply> refusal) {
        boolean someDone = false;
        for (GroupChange wish : wishes) {
            Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), wish, call.deadline());
            if (outcome instanceof Outcome.Unknown<GroupChange>(Silence why)) {
                boolean nothing = why == Silence.NOT_SENT || why == Silence.RATE_LIMITED;
                return Reasons.noAnswer(someDone && nothing ? Silence.UNKNOWN : why);
            }
            // What is so already is as wished.
            if (outcome instanceof Outcome.Refused<GroupChange> refused && refused.reason() != Refusal.UNCHANGED) {
                return refusal.apply(refused, someDone ? PARTLY_DONE : Reasons.of(refused.reason(), refused.code()));
            }
            someDone |= outcome instanceof Outcome.Done;
        }
        return Reply.flag(flag, true);
    }
}
