package io.greenfinch.client.business;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/**
 * What businesses tell of themselves (specification §25). Thread-safe. Methods block the calling (virtual) thread until there is an
 * outcome or the deadline has passed, by the client's clock; they never throw for what WhatsApp or the network does.
 */
public interface Business {

    /** The most products that one page may be asked for. */
    int MOST_PRODUCTS = 100;

    /**
     * The profile of a business account.
     *
     * @return empty for somebody who is no business, or nobody
     */
    Outcome<Optional<BusinessProfile>> profile(Jid person, Instant deadline);

    /**
     * A page of what a business offers; empty for who offers nothing.
     *
     * @param most products that are wanted, 1 to {@link #MOST_PRODUCTS}
     * @param after where the page before ended; empty for the first one
     */
    Outcome<CatalogPage> catalog(Jid seller, int most, Optional<String> after, Instant deadline);
}
