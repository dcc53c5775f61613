package io.greenfinch.client.stanza;

/** Why nothing is known of a request's outcome. */
public enum Silence {
    /** The link was down until the deadline, or the session was closed: nothing was sent. */
    NOT_SENT,
    /** It was sent, and the answer did not come before the deadline. */
    UNKNOWN,
    /** WhatsApp answered "too many" until the deadline. */
    RATE_LIMITED,
    /** The account is not linked, or was unlinked meanwhile. */
    NOT_LINKED
}
