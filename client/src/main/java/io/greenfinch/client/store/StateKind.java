package io.greenfinch.client.store;

/** The kinds of state that a session keeps; each is a key-value space of its own within one instance. */
public enum StateKind {
    /** One entry, {@code self}: keys and identity of the linked companion. Its absence means: not linked. */
    CREDENTIALS(true),
    /** One-time prekeys by decimal id. */
    PREKEY(true),
    /** Signed prekeys that were replaced, by decimal id: for messages that were begun before. */
    SIGNED_PREKEY(true),
    /** Group metadata by group JID. */
    GROUP(false),
    /** Groups whose metadata must be fetched, by group JID; the values are empty. */
    GROUP_DOUBT(false);

    private final boolean secret;

    StateKind(boolean secret) {
        this.secret = secret;
    }

    /** True when values hold private keys: a store on disk encrypts them. */
    public boolean secret() {
        return secret;
    }
}
