package io.greenfinch.gateway.group;

import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.Reply;
import java.util.Locale;

/** What callers are told of outcomes at WhatsApp: the words of {@code Greenfinch-Reason} (docs/deviations.md). */
public final class Reasons {

    /** Why a group is not left. */
    static final String LEAVE = "not-a-member group-not-found not-allowed locked";

    /** Why a group is not changed, whatever the change. */
    static final String CHANGE = "not-a-member group-not-found not-an-admin not-allowed not-acceptable locked";

    /** Why a group tells or does nothing that is for its administrators. */
    static final String OF_ADMINS = "not-a-member group-not-found not-an-admin not-allowed locked";

    /** Why a community tells or does nothing. */
    static final String COMMUNITY = "not-a-community " + OF_ADMINS;

    /** Why somebody who was invited does not come in, and is not shown the group. */
    static final String ENTRY = "not-valid no-longer-valid already-a-member awaits-approval removed-earlier group-full "
            + "group-not-found not-allowed locked";

    private Reasons() {}

    /** The answer when WhatsApp gave none. */
    public static Reply noAnswer(Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN -> Reply.error(502, "Bad Gateway").withReason(of(why));
            case RATE_LIMITED ->
                Reply.error(429, "Too Many Requests").withReason(of(why)).withRetryAfter(30);
            case NOT_LINKED -> Reply.notLinked();
        };
    }

    /**
     * The answer to a wish to change a group, as a flag.
     *
     * @param unchanged the reason when the group was so already
     * @param fulfilled whether the wish counts as fulfilled then
     */
    static Reply changed(Outcome<GroupChange> outcome, String flag, String unchanged, boolean fulfilled) {
        return switch (outcome) {
            case Outcome.Done<GroupChange> done -> Reply.flag(flag, true);
            case Outcome.Refused<GroupChange>(Refusal reason, int code, var invitation) ->
                reason == Refusal.UNCHANGED
                        ? Reply.flag(flag, fulfilled).withReason(unchanged)
                        : Reply.flag(flag, false).withReason(of(reason, code));
            case Outcome.Unknown<GroupChange>(Silence why) -> noAnswer(why);
        };
    }

    /** Why there was no answer. */
    public static String of(Silence why) {
        return why == Silence.RATE_LIMITED ? "whatsapp-rate-limit" : word(why);
    }

    /** Why WhatsApp refused, in the engine's words; its own code where those say nothing. */
    public static String of(Refusal reason, int code) {
        return reason == Refusal.SERVER_ERROR || reason == Refusal.OTHER ? refused(code) : word(reason);
    }

    /** WhatsApp's own code. */
    public static String refused(int code) {
        return "refused-" + code;
    }

    static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
