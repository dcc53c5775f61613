package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What one wish to create a group leaves behind for a repeat of it, in this process or in the next: an intent that is stored
 * before the request goes out, so that the group can be found again by asking. Thread-safe; blocks.
 */
public interface CreationMemory {

    /**
     * A group was, or was about to be, asked for.
     *
     * @param key what the notification of the new group is known by
     * @param known the groups that were there before
     * @param at when it was, by the server's clock
     * @param until when a server that is late has done it or never will, by the server's clock
     */
    record Intent(String key, Set<Jid> known, Instant at, Instant until) {
        public Intent {
            known = Set.copyOf(known);
        }
    }

    /** For wishes that nobody will repeat: nothing is remembered. */
    CreationMemory NONE = new CreationMemory() {
        @Override
        public boolean remembers() {
            return false;
        }

        @Override
        public Optional<Intent> open() {
            return Optional.empty();
        }

        @Override
        public Set<Jid> answered() {
            return Set.of();
        }

        @Override
        public void begin(Intent intent) {}

        @Override
        public void forget() {}
    };

    /** Whether there will be anybody to remember it for. */
    boolean remembers();

    /** The intent of an earlier request for the same wish, of which nobody knows what became. */
    Optional<Intent> open();

    /** The groups that other wishes were answered with: they are not the one looked for. */
    Set<Jid> answered();

    /**
     * Stores an intent; it survives the death of the process when this returns.
     *
     * @throws io.greenfinch.client.store.StoreException when it could not be stored; nothing must then be sent
     */
    void begin(Intent intent);

    /** No group was made, for certain. */
    void forget();
}
