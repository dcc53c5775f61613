package io.greenfinch.client.privacy;

import io.greenfinch.client.contact.People;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Privacy over a session's wire. */
public final class SessionPrivacy implements Privacy {

    private static final int LONGEST_WORD = 64;

    private final Wire wire;
    private final People people;
    private final UnaryOperator<Jid> shown;

    /**
     * Privacy over this wire.
     *
     * @param shown the name by which somebody is shown, on the session's thread
     */
    public SessionPrivacy(Wire wire, People people, UnaryOperator<Jid> shown) {
        this.wire = wire;
        this.people = people;
        this.shown = shown;
    }

    @Override
    public Outcome<List<Jid>> blocked(Instant deadline) {
        return ask(PrivacyStanzas.blocked(), this::list, Refusal.OTHER, deadline);
    }

    private Optional<List<Jid>> list(Node answer) {
        return answer.child("list")
                .map(list -> list.children("item").stream()
                        .flatMap(item -> BlockedItem.of(item).stream())
                        .map(item -> item.shown(shown))
                        .distinct()
                        .toList());
    }

    /** People are blocked by LID, and so it has to be known (specification §25). */
    @Override
    public Outcome<Jid> block(Jid person, boolean blocked, Instant deadline) {
        if (person.isLid()) {
            return block(person, Optional.empty(), blocked, deadline).map(_ -> person);
        }
        return people.find(person, false, deadline).then(registration -> ofRegistered(registration, blocked, deadline));
    }

    private Outcome<Jid> ofRegistered(Registration registration, boolean blocked, Instant deadline) {
        if (!registration.registered()) {
            return new Outcome.Refused<>(Refusal.NOT_ON_WHATSAPP, 0);
        }
        Jid name = registration.lid().or(registration::pn).orElseThrow();
        return block(name, registration.pn(), blocked, deadline)
                .map(_ -> registration.pn().orElse(name));
    }

    private Outcome<Boolean> block(Jid person, Optional<Jid> number, boolean blocked, Instant deadline) {
        // The new list comes with the answer, but need not: a result is enough.
        return ask(
                PrivacyStanzas.block(person, number, blocked),
                _ -> Optional.of(true),
                Refusal.NOT_ON_WHATSAPP,
                deadline);
    }

    @Override
    public Outcome<Map<String, String>> settings(Instant deadline) {
        return ask(PrivacyStanzas.settings(), SessionPrivacy::categories, Refusal.OTHER, deadline);
    }

    @Override
    public Outcome<Map<String, String>> change(Map<String, String> settings, Instant deadline) {
        return ask(PrivacyStanzas.change(settings), _ -> Optional.of(true), Refusal.NOT_ACCEPTABLE, deadline)
                .then(_ -> settings(deadline));
    }

    private static Optional<Map<String, String>> categories(Node answer) {
        return answer.child("privacy").map(privacy -> {
            Map<String, String> all = new TreeMap<>();
            for (Node category : privacy.children("category")) {
                String name = category.attribute("name").orElse("");
                String value = category.attribute("value").orElse("");
                if (!name.isEmpty() && name.length() <= LONGEST_WORD && value.length() <= LONGEST_WORD) {
                    all.put(name, value);
                }
            }
            return all;
        });
    }

    private <T> Outcome<T> ask(Node request, Function<Node, Optional<T>> parser, Refusal notFound, Instant deadline) {
        return Exchange.ask(wire, request, new PrivacyQuestion<>(parser, notFound), deadline);
    }
}
