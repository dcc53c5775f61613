package io.greenfinch.client.group;

import java.util.List;

/**
 * A group that we have created.
 *
 * @param missing those who could not be added
 */
public record CreatedGroup(Group group, List<Missing> missing) {

    public CreatedGroup {
        missing = List.copyOf(missing);
    }

    /**
     * Somebody who is not in the new group.
     *
     * @param code WhatsApp's; 0 when its answer was lost
     */
    public record Missing(Person person, int code) {}
}
