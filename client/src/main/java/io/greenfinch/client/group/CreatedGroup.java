package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;

/**
 * A group that we have created.
 *
 * @param missing those who could not be added
 */
public record CreatedGroup(Group group, List<Missing> missing) {

    public CreatedGroup {
        missing = List.copyOf(missing);
    }

    /** The group as others than the answer tell of it, when these people were to be in it. */
    static CreatedGroup described(Group group, List<Jid> people) {
        List<Missing> missing = people.stream()
                .flatMap(jid -> Person.of(Optional.of(jid), Optional.empty()).stream())
                .filter(person -> !group.lists(person).orElse(true))
                .map(person -> new Missing(person, 0))
                .toList();
        return new CreatedGroup(group, missing);
    }

    /**
     * Somebody who is not in the new group.
     *
     * @param code WhatsApp's; 0 when its answer was lost
     */
    public record Missing(Person person, int code) {}
}
