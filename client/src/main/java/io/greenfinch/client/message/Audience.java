package io.greenfinch.client.message;

import io.greenfinch.protocol.binary.Jid;
import java.util.List;

/**
 * Who may see a status update. Immutable; {@link #toString} names nobody.
 *
 * @param people by PN or LID, without a device
 * @param chosen whether they were chosen for this one; else they are all whom the account knows, of whom its own setting lets some
 *     see what it posts (specification §25)
 */
public record Audience(List<Jid> people, boolean chosen) {

    public Audience {
        people = List.copyOf(people);
    }

    @Override
    public String toString() {
        return "Audience[" + people.size() + (chosen ? ", chosen]" : "]");
    }
}
