package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * Somebody in a group, under the names that are known: phone number, LID, or both (specification §16.1). At least one is
 * there.
 */
public record Person(Optional<Jid> pn, Optional<Jid> lid) {

    /** Sorts one or two JIDs into the names they are; others are ignored. */
    public static Optional<Person> of(Optional<Jid> one, Optional<Jid> other) {
        Optional<Jid> pn =
                one.filter(Jid::isPn).or(() -> other.filter(Jid::isPn)).map(Jid::account);
        Optional<Jid> lid =
                one.filter(Jid::isLid).or(() -> other.filter(Jid::isLid)).map(Jid::account);
        return pn.isEmpty() && lid.isEmpty() ? Optional.empty() : Optional.of(new Person(pn, lid));
    }

    /** True when one of the names is equal. */
    public boolean sameAs(Person other) {
        return (pn.isPresent() && pn.equals(other.pn)) || (lid.isPresent() && lid.equals(other.lid));
    }

    /** The same person with all names that either of the two has. */
    public Person merged(Person other) {
        return new Person(pn.or(other::pn), lid.or(other::lid));
    }

    /** True when {@code jid}, whatever its device, is one of the names. */
    public boolean is(Jid jid) {
        Optional<Jid> account = Optional.of(jid.account());
        return account.equals(pn) || account.equals(lid);
    }
}
