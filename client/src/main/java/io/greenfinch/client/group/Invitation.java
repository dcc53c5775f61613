package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;

/**
 * A personal invitation, as it comes in a message (specification §16.7, §31.5).
 *
 * @param inviter who sent it: an account by PN or LID
 * @param expires as the message tells, in whole seconds
 */
public record Invitation(Jid group, Jid inviter, String code, Instant expires) {

    /** The code opens the group to who has it. */
    @Override
    public String toString() {
        return "Invitation[group=" + group + ", expires=" + expires + "]";
    }
}
