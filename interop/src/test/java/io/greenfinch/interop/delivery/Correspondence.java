package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chat of ours: a group, or two accounts of which one at least is linked.
 *
 * @param group id of the group; empty for a chat of two
 * @param ours the instances in it
 * @param people who else is in it
 */
record Correspondence(int number, Optional<String> group, List<Subject> ours, List<Person> people) {

    /** Everybody in it; each of them has a phone. */
    List<Person> everybody() {
        return Stream.concat(ours.stream().map(Subject::account), people.stream())
                .toList();
    }

    /** What it is called for one who is in it: the id of the group, or the number of the other one. */
    String seenBy(Person somebody) {
        return group.orElseGet(() -> everybody().stream()
                .filter(other -> !other.equals(somebody))
                .findFirst()
                .orElseThrow()
                .phone());
    }

    /** The same as the API writes it. */
    String chatId(Subject subject) {
        return group.orElseGet(() -> seenBy(subject.account()) + "@c.us");
    }
}
