package io.greenfinch.gateway;

import io.greenfinch.client.business.Business;
import io.greenfinch.client.business.BusinessProfile;
import io.greenfinch.client.business.CatalogPage;
import io.greenfinch.client.presence.LastSeen;
import io.greenfinch.client.presence.Presence;
import io.greenfinch.client.privacy.Privacy;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facets of a session that never reaches WhatsApp. */
final class Unanswered implements Presence, Privacy, Business {

    @Override
    public void available(boolean shown) {
        // Nobody sees it.
    }

    @Override
    public LastSeen lastSeen(Jid person, Optional<Jid> otherName, Instant deadline) {
        return LastSeen.UNTOLD;
    }

    @Override
    public Outcome<List<Jid>> blocked(Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<Jid> block(Jid person, boolean blocked, Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<Boolean> givesReadReceipts(Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<Map<String, String>> settings(Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<Map<String, String>> change(Map<String, String> settings, Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<Optional<BusinessProfile>> profile(Jid person, Instant deadline) {
        return nothing();
    }

    @Override
    public Outcome<CatalogPage> catalog(Jid seller, int most, Optional<String> after, Instant deadline) {
        return nothing();
    }

    private static <T> Outcome<T> nothing() {
        return new Outcome.Unknown<>(Silence.NOT_SENT);
    }
}
