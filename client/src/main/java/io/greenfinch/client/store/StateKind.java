package io.greenfinch.client.store;

/** The kinds of state that a session keeps; each is a key-value space of its own within one instance. */
public enum StateKind {
    /** One entry, {@code self}: keys and identity of the linked companion. Its absence means: not linked. */
    CREDENTIALS(true, false),
    /** One-time prekeys by decimal id. */
    PREKEY(true, false),
    /** Signed prekeys that were replaced, by decimal id: for messages that were begun before. */
    SIGNED_PREKEY(true, false),
    /** Group metadata by group JID. */
    GROUP(false, true),
    /** Groups whose metadata must be fetched, by group JID; the values are empty. */
    GROUP_DOUBT(false, false),
    /** Signal sessions by device JID, by LID where it is known. */
    SESSION(true, true),
    /** The keys by which others send to groups, by group and device JID. */
    SENDER_KEY(true, true),
    /** The key by which we send to a group and who has it, by group JID. */
    GROUP_KEY(true, true),
    /** The other name of a person, PN or LID, by the one. */
    ALIAS(false, true),
    /** Messages that were encrypted and that the server has not accepted or refused yet, by message id. */
    OUTGOING(true, false),
    /** What was sent lately, for devices that could not read it, by time and message id. */
    SENT(true, false),
    /** Messages that could not be read and were asked for again, by message id and sender. */
    UNREADABLE(false, false),
    /** How people and we trust each other, by account. */
    TRUST_TOKEN(true, true),
    /** The keys of the account's app state, by key id in hexadecimal. */
    APP_STATE_KEY(true, false),
    /** How far each collection of the app state is known, by its name. */
    APP_STATE(false, false),
    /** Collections that must be fetched, by name; the values are empty. */
    APP_STATE_DOUBT(false, false),
    /** What each entry of the app state counts for, by collection and index MAC. */
    APP_STATE_ENTRY(false, false),
    /** One entry, {@code all}: the phone calls that have not ended, and the last that have. */
    CALL(false, false),
    /** Parts of the phone's history that are not read to their end, by when they were told, and message id. */
    HISTORY(true, false),
    /** How far each of these is read, by the same keys. */
    HISTORY_POSITION(false, true),
    /** One entry, {@code self}: how much of the history the phone has told with what is read, in percent. */
    HISTORY_PROGRESS(false, true);

    private final boolean secret;
    private final boolean readBack;

    StateKind(boolean secret, boolean readBack) {
        this.secret = secret;
        this.readBack = readBack;
    }

    /** True when values hold private keys: a store on disk encrypts them. */
    public boolean secret() {
        return secret;
    }

    /** True when entries are read again and again: these are worth a place in the process's cache. */
    boolean readBack() {
        return readBack;
    }
}
