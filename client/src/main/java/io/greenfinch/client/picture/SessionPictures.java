package io.greenfinch.client.picture;

import io.greenfinch.client.contact.Contacts;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Turns;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Pictures over a session's wire. Changes of the same picture run one after the other. */
public final class SessionPictures implements Pictures {

    private final Wire wire;
    private final Contacts contacts;
    private final PictureWatches watches;
    private final BiFunction<Jid, Instant, Outcome<Group>> groups;
    private final Predicate<Group> administers;
    private final Supplier<Optional<Jid>> self;
    private final Turns turns;

    /**
     * Pictures over this wire.
     *
     * @param groups asks WhatsApp for a group's metadata
     * @param administers whether we are an admin of a group as it is described
     * @param self our own account by PN; empty when not linked
     */
    public SessionPictures(
            Wire wire,
            Contacts contacts,
            PictureWatches watches,
            BiFunction<Jid, Instant, Outcome<Group>> groups,
            Predicate<Group> administers,
            Supplier<Optional<Jid>> self,
            Timers timers) {
        this.wire = wire;
        this.contacts = contacts;
        this.watches = watches;
        this.groups = groups;
        this.administers = administers;
        this.self = self;
        this.turns = new Turns(timers);
    }

    @Override
    public Outcome<Picture> find(Jid subject, PictureSize size, Instant deadline) {
        return contacts.canonical(List.of(subject), deadline)
                .then(known -> Exchange.ask(
                        wire, PictureStanzas.get(known.getFirst(), size), new PictureQuestion(true), deadline));
    }

    @Override
    public Outcome<String> set(Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return group.or(self)
                .map(subject -> change(subject, PictureStanzas.set(subject, jpeg), false, deadline))
                .orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_LINKED))
                .map(Optional::orElseThrow);
    }

    @Override
    public Outcome<Jid> remove(Optional<Jid> group, Instant deadline) {
        Optional<Jid> subject = group.or(self);
        return subject.map(known -> change(known, PictureStanzas.remove(known), true, deadline))
                .orElseGet(() -> new Outcome.Unknown<>(Silence.NOT_LINKED))
                .map(none -> subject.orElseThrow());
    }

    private Outcome<Optional<String>> change(Jid subject, Node request, boolean removal, Instant deadline) {
        if (!turns.take(List.of(subject), deadline)) {
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
        try {
            Node question = PictureStanzas.get(subject, PictureSize.IMAGE);
            Outcome<Picture> before = Exchange.ask(wire, question, new PictureQuestion(false), deadline);
            if (before.equals(new Outcome.Unknown<>(Silence.NOT_LINKED))) {
                return before.instead();
            }
            PictureChange change = new PictureChange(request, removal, before, code -> whyNot(subject, code, deadline));
            Exchange<Jid, Optional<String>> exchange = Exchange.of(wire, change, List.of(subject), deadline);
            watches.watch(subject, change.watch(exchange.attempts().getFirst()));
            return exchange.run().getFirst();
        } finally {
            watches.unwatch(subject);
            turns.giveBack(List.of(subject));
        }
    }

    /** Both codes are given to members who are no admins and to those who are no members: the group knows which. */
    private Refusal whyNot(Jid group, int code, Instant deadline) {
        return switch (groups.apply(group, deadline)) {
            case Outcome.Done<Group>(Group found) ->
                administers.test(found) ? Refusal.NOT_ALLOWED : Refusal.NOT_AN_ADMIN;
            case Outcome.Refused<Group> refused when refused.reason() != Refusal.OTHER -> refused.reason();
            case Outcome.Refused<Group> refused -> code == 401 ? Refusal.NOT_ALLOWED : Refusal.NOT_A_MEMBER;
            case Outcome.Unknown<Group> unknown -> code == 401 ? Refusal.NOT_ALLOWED : Refusal.NOT_A_MEMBER;
        };
    }
}
