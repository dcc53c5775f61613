package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody waits to be let into a group (specification §16.7, §18).
 *
 * @param requestor who asked for it, where that is told: the person, or a member who wanted to add them
 */
public record JoinRequest(Person person, Instant at, Optional<Jid> requestor, Method method) {

    /** In which way somebody has asked. */
    public enum Method {
        INVITE_LINK,
        /** Through the community that the group belongs to. */
        LINKED_GROUP_JOIN,
        /** A member who is no admin wanted to add the person. */
        NON_ADMIN_ADD,
        /** WhatsApp did not tell, or told something that we do not know. */
        OTHER
    }
}
