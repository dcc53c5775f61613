package io.greenfinch.client.presence;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/** Whether the account shows others that it is there, and whether others are (specification §24). Thread-safe. */
public interface Presence {

    /**
     * From now on, and on each connection, it is shown to be there, or is not. Nothing is shown as long as the account's own name is not
     * known, which phones tell with the app state: WhatsApp takes it with the presence. Returns at once.
     */
    void available(boolean shown);

    /**
     * Whether somebody is there, and when they last were. WhatsApp tells it only to who is shown to be there, and only of those who
     * let others know; all else is {@link LastSeen#UNTOLD}. Blocks the calling (virtual) thread for two seconds at most, and not
     * beyond the deadline, by the client's clock.
     *
     * @param person by the name by which WhatsApp has them
     * @param otherName the same by LID or number, where it is known: WhatsApp may answer by either
     */
    LastSeen lastSeen(Jid person, Optional<Jid> otherName, Instant deadline);
}
