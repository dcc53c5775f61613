package io.greenfinch.protocol.appstate;

import java.util.Optional;

/** The parts of the app state, each with versions of its own (specification §23.1). */
public enum AppStateCollection {
    /** The account's own name, language. */
    CRITICAL_BLOCK("critical_block"),
    /** Contacts. */
    CRITICAL_UNBLOCK_LOW("critical_unblock_low"),
    /** Chats that are muted, messages with a star, or deleted for ourselves. */
    REGULAR_HIGH("regular_high"),
    /** Labels, keys. */
    REGULAR("regular"),
    /** Chats that are archived, pinned, read. */
    REGULAR_LOW("regular_low");

    private final String wireName;

    AppStateCollection(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in stanzas, and in what its MACs are made of. */
    public String wireName() {
        return wireName;
    }

    /** The one of this name; empty for one that we don't know. */
    public static Optional<AppStateCollection> of(String wireName) {
        for (AppStateCollection collection : values()) {
            if (collection.wireName.equals(wireName)) {
                return Optional.of(collection);
            }
        }
        return Optional.empty();
    }
}
