package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;

/**
 * Communities: parent groups to which other groups belong (specification §19). They are left as {@linkplain Groups#leave groups
 * are}, upon which the account is in none of their groups any more.
 *
 * <p>Thread-safe. Methods block the calling (virtual) thread until there is an outcome or the deadline has passed, and find out
 * what became of a lost answer, as those of {@link Groups} do.
 */
public interface Communities {

    /** The most groups that one request may name. */
    int MAX_GROUPS = 100;

    /** The groups of a community that we are in, its announcement group among them. */
    Outcome<List<CommunityGroup>> groups(Jid community, Instant deadline);

    /**
     * Creates a community with nobody but us in it; WhatsApp adds its announcement group. Otherwise as
     * {@link Groups#create(String, List, CreationMemory, Instant)}.
     *
     * @param description of it; empty for none
     * @throws io.greenfinch.client.store.StoreException when the memory can't be read or written; nothing was sent
     */
    Outcome<CreatedGroup> create(String subject, String description, CreationMemory memory, Instant deadline);

    /**
     * Puts groups into a community; it takes an admin of it and of each group. The community's groups are asked for before, so
     * that after a lost answer those were put there by us that are among them now and were not.
     *
     * @param groups 1 to {@value #MAX_GROUPS} distinct groups
     * @return an outcome for each, in the order asked
     * @throws IllegalArgumentException for other groups than these
     */
    List<Outcome<Jid>> link(Jid community, List<Jid> groups, Instant deadline);

    /** Takes groups out of a community; those who are in them stay in the community. As {@link #link}. */
    List<Outcome<Jid>> unlink(Jid community, List<Jid> groups, Instant deadline);
}
