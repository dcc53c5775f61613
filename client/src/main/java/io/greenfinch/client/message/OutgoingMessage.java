package io.greenfinch.client.message;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;

/**
 * A message to send. Immutable; {@link #toString} does not show what was written.
 *
 * @param id of {@link Messages#newId}, the same whenever the same message is sent
 * @param chat a group, or a person by PN or LID, without a device
 * @param content what to write, in no wrapper of ours
 */
public record OutgoingMessage(String id, Jid chat, Message content) {

    @Override
    public String toString() {
        return "OutgoingMessage[" + id + " to " + chat + "]";
    }
}
