package io.greenfinch.client.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;

/**
 * A message to send. Immutable; {@link #toString} does not show what was written.
 *
 * @param id of {@link Messages#newId}, the same whenever the same message is sent
 * @param chat a group, a person by PN or LID without a device, or {@link Jid#STATUS}
 * @param content what to write, in no wrapper of ours
 * @param audience who may see it, of a status update
 */
public record OutgoingMessage(String id, Jid chat, Message content, Optional<Audience> audience) {

    public OutgoingMessage {
        if (chat.isStatus() != audience.isPresent()) {
            throw new IllegalArgumentException("status updates have an audience, and nothing else has");
        }
    }

    /** A message to a group or a person. */
    public OutgoingMessage(String id, Jid chat, Message content) {
        this(id, chat, content, Optional.empty());
    }

    @Override
    public String toString() {
        return "OutgoingMessage[" + id + " to " + chat + "]";
    }
}
