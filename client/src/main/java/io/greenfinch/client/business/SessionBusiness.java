package io.greenfinch.client.business;

import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What businesses tell, over a session's wire. */
public final class SessionBusiness implements Business {

    private final Wire wire;
    private final Contacts contacts;

    public SessionBusiness(Wire wire, Contacts contacts) {
        this.wire = wire;
        this.contacts = contacts;
    }

    @Override
    public Outcome<Optional<BusinessProfile>> profile(Jid person, Instant deadline) {
        return contacts.canonical(List.of(person), deadline).then(known -> {
            ProfileQuestion question = new ProfileQuestion(known.getFirst());
            return Exchange.ask(wire, question.stanza(), question, deadline);
        });
    }

    @Override
    public Outcome<CatalogPage> catalog(Jid seller, int most, Optional<String> after, Instant deadline) {
        if (most < 1 || most > MOST_PRODUCTS) {
            throw new IllegalArgumentException("a page of " + most + " products");
        }
        return contacts.canonical(List.of(seller), deadline).then(known -> {
            CatalogQuestion question = new CatalogQuestion(known.getFirst(), most, after);
            return Exchange.ask(wire, question.stanza(), question, deadline);
        });
    }
}
