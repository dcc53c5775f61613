package io.greenfinch.client.privacy;

import io.greenfinch.client.contact.People;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Privacy over a session's wire. */
public final class SessionPrivacy implements Privacy {

    private static final int LONGEST_WORD = 64;

    private final Wire wire;
    private final People people;
    private final UnaryOperator<Jid> shown;
    private final ReadReceipts receipts;
    private final ReentrantLock asking = new ReentrantLock();

    /**
     * Privacy over this wire.
     *
     * @param shown the name by which somebody is shown, on the session's thread
     * @param receipts what is known of them, which others keep up to date, too
     */
    public SessionPrivacy(Wire wire, People people, UnaryOperator<Jid> shown, ReadReceipts receipts) {
        this.wire = wire;
        this.people = people;
        this.shown = shown;
        this.receipts = receipts;
    }

    @Override
    public Outcome<List<Jid>> blocked(Instant deadline) {
        return ask(PrivacyStanzas.blocked(), this::list, Refusal.OTHER, deadline);
    }

    private Optional<List<Jid>> list(Node answer) {
        return Optional.of(answer.child("list").map(list -> list.children("item")).orElse(List.of()).stream()
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
        int asked = receipts.moment();
        return ask(PrivacyStanzas.settings(), SessionPrivacy::categories, Refusal.OTHER, deadline)
                .map(all -> {
                    receipts.learn(all, asked);
                    return all;
                });
    }

    @Override
    public Outcome<Boolean> givesReadReceipts(Instant deadline) {
        Optional<Boolean> known = receipts.given();
        return known.isPresent() ? new Outcome.Done<>(known.get()) : askForReceipts(deadline);
    }

    /** Many may want to know at the same time: one asks for all. */
    private Outcome<Boolean> askForReceipts(Instant deadline) {
        try {
            Duration left = Duration.between(wire.clock().instant(), deadline);
            if (!asking.tryLock(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)) {
                return new Outcome.Unknown<>(Silence.NOT_SENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
        try {
            int asked = receipts.moment();
            return receipts.given()
                    .<Outcome<Boolean>>map(Outcome.Done::new)
                    .orElseGet(() -> settings(deadline).map(all -> receipts.learn(all, asked)));
        } finally {
            asking.unlock();
        }
    }

    @Override
    public Outcome<Map<String, String>> change(Map<String, String> settings, Instant deadline) {
        Outcome<Boolean> changed =
                ask(PrivacyStanzas.change(settings), _ -> Optional.of(true), Refusal.NOT_ACCEPTABLE, deadline);
        receipts.changed();
        return changed.then(_ -> settings(deadline));
    }

    /** A server may tell of none (specification §28). */
    private static Optional<Map<String, String>> categories(Node answer) {
        Map<String, String> all = new TreeMap<>();
        for (Node category : answer.child("privacy")
                .map(privacy -> privacy.children("category"))
                .orElse(List.of())) {
            String name = category.attribute("name").orElse("");
            String value = category.attribute("value").orElse("");
            if (!name.isEmpty() && name.length() <= LONGEST_WORD && value.length() <= LONGEST_WORD) {
                all.put(name, value);
            }
        }
        return Optional.of(all);
    }

    private <T> Outcome<T> ask(Node request, Function<Node, Optional<T>> parser, Refusal notFound, Instant deadline) {
        return Exchange.ask(wire, request, new PrivacyQuestion<>(parser, notFound), deadline);
    }
}
