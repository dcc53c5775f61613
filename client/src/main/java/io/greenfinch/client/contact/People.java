package io.greenfinch.client.contact;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;

/** Who is on WhatsApp (specification §13). Thread-safe. */
public interface People {

    /**
     * Whether somebody with this number is on WhatsApp. Blocks the calling (virtual) thread until there is an outcome or the
     * deadline has passed, by the client's clock; never throws for what WhatsApp or the network does.
     *
     * @param number by PN
     * @param anew whether WhatsApp is asked although it told within the last day
     */
    Outcome<Registration> find(Jid number, boolean anew, Instant deadline);

    /**
     * The name by which somebody is told whom a caller names: the number, where it is known and nobody else's by now. May read the store.
     *
     * @throws StoreException when that can't be read
     */
    Jid shown(Jid person);
}
