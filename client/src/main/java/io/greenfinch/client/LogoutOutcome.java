package io.greenfinch.client;

/** What became of the wish to unlink. */
public enum LogoutOutcome {
    /** The server confirmed; credentials are gone. */
    UNLINKED,
    /** There was no link. */
    NOT_LINKED,
    /** No confirmation before the deadline; credentials are kept (design 4.3). */
    UNKNOWN
}
