package io.greenfinch.client.call;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;

/**
 * A phone call. Immutable.
 *
 * @param id as the caller's device made it up; 1 to 100 characters
 * @param caller who calls, under all names that are known
 * @param chat where: the group as far as it is told, else the other person, by PN where it is known
 * @param own true when another device of our own account calls
 * @param group true when it is for several people
 */
public record Call(String id, Person caller, Jid chat, boolean own, boolean video, boolean group, Instant offeredAt) {

    /** Who calls whom stays out of logs. */
    @Override
    public String toString() {
        return "Call[" + id + "]";
    }
}
