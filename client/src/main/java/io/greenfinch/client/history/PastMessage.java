package io.greenfinch.client.history;

import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * A message from before this device was linked. Immutable; {@link #toString} does not show what was written.
 *
 * @param otherName the other name of a chat with a person, where it is known
 * @param fate how far it has come, of one that our own account wrote
 */
public record PastMessage(ChatMessage message, Optional<Jid> otherName, Fate fate) {

    /** How far a message has come. */
    public enum Fate {
        FAILED,
        PENDING,
        SENT,
        DELIVERED,
        READ;

        /** What a phone means by a number (specification §31.6). */
        static Fate of(int status) {
            return switch (status) {
                case 0 -> FAILED;
                case 1 -> PENDING;
                case 3 -> DELIVERED;
                case 4, 5 -> READ;
                default -> SENT;
            };
        }
    }

    @Override
    public String toString() {
        return "PastMessage[" + message.id() + "]";
    }
}
