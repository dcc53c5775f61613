package io.greenfinch.client.contact;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * Whether somebody is on WhatsApp.
 *
 * @param pn the number by which WhatsApp has them
 * @param lid their LID, where it is told; of who is not on WhatsApp there is neither
 * @param cached whether WhatsApp told this earlier
 */
public record Registration(Optional<Jid> pn, Optional<Jid> lid, boolean cached) {

    /** Somebody who is not. */
    public static final Registration NOBODY = new Registration(Optional.empty(), Optional.empty(), false);

    /** Whether they are. */
    public boolean registered() {
        return pn.isPresent() || lid.isPresent();
    }

    /** The same, told from memory. */
    Registration fromMemory() {
        return new Registration(pn, lid, true);
    }
}
