package io.greenfinch.client.contact;

import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which WhatsApp has the people that callers name. Numbers of some countries can be written in two ways, and
 * WhatsApp takes one of them only, for each person another: it is asked which, and the answer kept for a day. All other names
 * are as they are, and cost nothing. Thread-safe.
 */
public final class Contacts implements People {

    /**
     * Mobile numbers of Brazil with and without the ninth digit, of Mexico with and without the 1, of Argentina with and
     * without the 9 after the country code.
     */
    private static final Pattern SEVERAL =
            Pattern.compile("55[1-9][1-9]9?[6-9][0-9]{7}|521?[2-9][0-9]{9}|549?[1-9][0-9]{9}");

    /** Numbers change hands. */
    private static final Duration LIFE = Duration.ofDays(1);

    private static final int BYTES = 200;

    private record Known(Jid name, Instant until) {}

    private record Told(Registration registration, Instant until) {}

    private final Wire wire;
    private final BiConsumer<Jid, Jid> named;
    private final UnaryOperator<Jid> shown;
    private final ProcessCache.Region<Jid, Known> known;
    private final ProcessCache.Region<Jid, Told> told;

    /**
     * Nobody is known; what stays in memory is for the cache to decide.
     *
     * @param named told of two names of one person, on the session's thread
     * @param shown the name by which somebody is told
     */
    public Contacts(Wire wire, ProcessCache cache, BiConsumer<Jid, Jid> named, UnaryOperator<Jid> shown) {
        this.wire = wire;
        this.named = named;
        this.shown = shown;
        this.known = cache.region(Known.class, name -> BYTES);
        this.told = cache.region(Told.class, answer -> BYTES);
    }

    /**
     * The names to use for these, in their order. Blocks the calling (virtual) thread where WhatsApp has to be asked; unknown
     * when it does not answer before the deadline. Somebody it does not know stays named as given.
     */
    public Outcome<List<Jid>> canonical(List<Jid> people, Instant deadline) {
        Instant now = wire.clock().instant();
        List<Jid> asked = people.stream()
                .filter(person -> ambiguous(person) && find(person, now).isEmpty())
                .distinct()
                .toList();
        Outcome<Map<Jid, Jid>> told = asked.isEmpty()
                ? new Outcome.Done<>(Map.of())
                : Exchange.ask(wire, ContactQuestion.stanza(asked), new ContactQuestion(asked), deadline);
        return told.map(names -> {
            names.forEach((person, name) -> known.put(person, new Known(name, now.plus(LIFE))));
            return people.stream()
                    .map(person -> Optional.ofNullable(names.get(person))
                            .or(() -> find(person, now))
                            .orElse(person))
                    .collect(Collectors.toUnmodifiableList());
        });
    }

    @Override
    public Outcome<Registration> find(Jid number, boolean anew, Instant deadline) {
        Instant now = wire.clock().instant();
        Optional<Told> before = told.find(number).filter(each -> !anew && now.isBefore(each.until()));
        if (before.isPresent()) {
            return new Outcome.Done<>(before.get().registration().fromMemory());
        }
        RegistrationQuestion question = new RegistrationQuestion(number, named);
        return Exchange.ask(wire, question.stanza(), question, deadline).map(registration -> {
            told.put(number, new Told(registration, now.plus(LIFE)));
            return registration;
        });
    }

    @Override
    public Jid shown(Jid person) {
        return shown.apply(person);
    }

    private Optional<Jid> find(Jid person, Instant now) {
        return known.find(person).filter(each -> now.isBefore(each.until())).map(Known::name);
    }

    /** Whether there are several ways to write a number. */
    public static boolean ambiguous(Jid person) {
        return person.isPn() && SEVERAL.matcher(person.user()).matches();
    }
}
