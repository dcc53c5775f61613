package io.greenfinch.client.message;

import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that came in: from somebody else, or from another device of our own account. Immutable; {@link #toString} does
 * not show what was written.
 *
 * @param id unique in its chat and for its sender
 * @param chat the group; or the other person, by PN where it is known, else by LID
 * @param chatName the name of a group, as far as it is known
 * @param sender who wrote it, under the names that are known
 * @param fromSelf whether our own account wrote it, on another of its devices
 * @param byAdmin whether the sender is an admin of the group, as far as that is known
 * @param at when the server took it, by its clock
 * @param pushName the name that the sender goes by, as the sender chose it
 * @param queued whether it waited for us at the server
 * @param content what was written; empty when it could not be read, not even after its sender was asked to send it again
 */
public record ChatMessage(
        String id,
        Jid chat,
        Optional<String> chatName,
        Person sender,
        boolean fromSelf,
        boolean byAdmin,
        Instant at,
        Optional<String> pushName,
        boolean queued,
        Optional<MessageEnvelope> content) {

    @Override
    public String toString() {
        return "ChatMessage[" + id + " in " + chat + "]";
    }
}
