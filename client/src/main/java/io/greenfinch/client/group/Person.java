package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * Somebody in a group, under the names that are known: phone number, LID, or both (specification §16.1); or something else
 * that has an address of its own, such as a bot. At least one is there.
 *
 * @param other the address of what has neither number nor LID
 */
public record Person(Optional<Jid> pn, Optional<Jid> lid, Optional<Jid> other) {

    /** Somebody with a number or a LID. */
    public Person(Optional<Jid> pn, Optional<Jid> lid) {
        this(pn, lid, Optional.empty());
    }

    /** Sorts one or two JIDs into the names they are. */
    public static Optional<Person> of(Optional<Jid> one, Optional<Jid> other) {
        Optional<Jid> first = one.map(Jid::account).filter(Person::nameable);
        Optional<Jid> second = other.map(Jid::account).filter(Person::nameable);
        Optional<Jid> pn = first.filter(Jid::isPn).or(() -> second.filter(Jid::isPn));
        Optional<Jid> lid = first.filter(Jid::isLid).or(() -> second.filter(Jid::isLid));
        return pn.isPresent() || lid.isPresent()
                ? Optional.of(new Person(pn, lid))
                : first.or(() -> second).map(jid -> new Person(pn, lid, Optional.of(jid)));
    }

    private static boolean nameable(Jid jid) {
        return !jid.user().isEmpty() && !jid.isGroup();
    }

    /** True when one of the names is equal. */
    public boolean sameAs(Person person) {
        return (pn.isPresent() && pn.equals(person.pn))
                || (lid.isPresent() && lid.equals(person.lid))
                || (other.isPresent() && other.equals(person.other));
    }

    /** The same person with all names that either of the two has. */
    public Person merged(Person person) {
        return new Person(pn.or(person::pn), lid.or(person::lid), other.or(person::other));
    }

    /** True when {@code jid}, whatever its device, is one of the names. */
    public boolean is(Jid jid) {
        Optional<Jid> name = Optional.of(jid.account());
        return name.equals(pn) || name.equals(lid) || name.equals(other);
    }

    /** True when the two can be told apart: they have names of one kind, or are of different kinds. */
    boolean comparable(Person person) {
        return (pn.isPresent() && person.pn.isPresent())
                || (lid.isPresent() && person.lid.isPresent())
                || other.isPresent()
                || person.other.isPresent();
    }
}
