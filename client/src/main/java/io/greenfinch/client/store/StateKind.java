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
    GROUP_DOUBT(false, false);

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
