package io.greenfinch.client.message;

import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The devices that a message is for.
 *
 * @param chat the address of the stanza
 * @param group how the group names its members; empty for a person
 * @param devices of the person, or of all members of the group, ours among them but for this one
 * @param own the other devices of our account, for a person; they get a copy
 * @param self this device, as it is named among the members of the group
 */
record Recipients(Jid chat, Optional<GroupNaming> group, List<Jid> devices, List<Jid> own, Optional<Jid> self) {

    /** How a group names its members (specification §16.1). */
    enum GroupNaming {
        PN,
        LID;

        /** The value of the attribute {@code addressing_mode}. */
        String word() {
            return this == LID ? "lid" : "pn";
        }
    }

    List<Jid> all() {
        List<Jid> all = new ArrayList<>(devices);
        all.addAll(own);
        return all;
    }

    /** All devices, this one too, as the hash over them counts (specification §6). */
    List<Jid> counted() {
        List<Jid> counted = new ArrayList<>(devices);
        self.ifPresent(counted::add);
        return counted;
    }
}
