package io.greenfinch.client.picture;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/**
 * Pictures of groups and people (specification §16.6, §25). Thread-safe. Methods block the calling (virtual) thread until there
 * is an outcome or the deadline has passed, by the client's clock; they never throw for what WhatsApp or the network does.
 */
public interface Pictures {

    /** Asks WhatsApp for the picture of a person or a group. */
    Outcome<Picture> find(Jid subject, PictureSize size, Instant deadline);

    /**
     * Gives a group, or ourselves, a picture. A lost connection or a broken answer is resolved by asking, within the deadline.
     *
     * @param group the group; empty for ourselves
     * @param jpeg not looked at: WhatsApp decides whether it takes it
     * @return the new picture's id
     */
    Outcome<String> set(Optional<Jid> group, byte[] jpeg, Instant deadline);

    /**
     * Takes the picture of a group, or ours, away.
     *
     * @return whose it was
     */
    Outcome<Jid> remove(Optional<Jid> group, Instant deadline);
}
