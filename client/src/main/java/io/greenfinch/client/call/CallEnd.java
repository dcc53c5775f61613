package io.greenfinch.client.call;

/** What became of a phone call. */
public enum CallEnd {
    /** Somebody has taken it; of a call that came in, another device of our account. */
    TAKEN,
    /** Whoever was called did not want it. */
    REJECTED,
    /** It rang until the caller's device gave up. */
    UNANSWERED,
    /** The caller has hung up while it rang. */
    CANCELLED,
    /** Nothing more was heard of it. */
    UNKNOWN
}
