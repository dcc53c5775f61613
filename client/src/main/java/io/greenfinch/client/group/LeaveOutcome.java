package io.greenfinch.client.group;

/** What became of the wish to leave one group. Only what WhatsApp itself confirmed counts (design §5). */
public sealed interface LeaveOutcome {

    /**
     * We are out.
     *
     * @param admin whether we were an administrator when the stanza was sent
     * @param earlier true when it was an earlier call, whose outcome was unknown then, that took us out
     */
    record Left(boolean admin, boolean earlier) implements LeaveOutcome {}

    /** Confirmed by WhatsApp: this group could not be left. */
    record NotLeft(Refusal reason) implements LeaveOutcome {}

    /** Nothing is certain. */
    record NoAnswer(Silence why) implements LeaveOutcome {}

    /** Why a group was not left. */
    enum Refusal {
        NOT_A_MEMBER,
        GROUP_NOT_FOUND,
        NOT_ALLOWED,
        LOCKED
    }
}
