package io.greenfinch.client.privacy;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whom the account has blocked, and who may see what of it (specification §25). Thread-safe. Methods block the calling (virtual)
 * thread until there is an outcome or the deadline has passed, by the client's clock; they never throw for what WhatsApp or the
 * network does.
 */
public interface Privacy {

    /** The people whom the account has blocked, by PN where it is known, else by LID. */
    Outcome<List<Jid>> blocked(Instant deadline);

    /**
     * Blocks somebody, or takes that back; that it was so already is no refusal.
     *
     * @return whom WhatsApp has for that name
     */
    Outcome<Jid> block(Jid person, boolean blocked, Instant deadline);

    /** Who may see what: values by category, both in WhatsApp's words. */
    Outcome<Map<String, String>> settings(Instant deadline);

    /** Whether people are told that the account has read what they wrote. Asked only when that is not known. */
    Outcome<Boolean> givesReadReceipts(Instant deadline);

    /** Changes some of them, in WhatsApp's words, and tells what they are then. */
    Outcome<Map<String, String>> change(Map<String, String> settings, Instant deadline);
}
