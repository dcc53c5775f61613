package io.greenfinch.protocol.history;

import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.WebMessageInfo;

/** One thing that a history tells. Immutable; came from somebody else, and may be anything. No {@code toString} shows it. */
public sealed interface HistoryPart {

    /**
     * A message.
     *
     * @param chat where it is, as text
     * @param bytes how long it is
     */
    record Told(String chat, WebMessageInfo message, int bytes) implements HistoryPart {
        @Override
        public String toString() {
            return "Told[" + bytes + " bytes]";
        }
    }

    /** A message that can't be read, is too long, or is in no chat. */
    record Unreadable() implements HistoryPart {}

    /** What is told of a chat beside its messages, behind these. */
    record Chat(Conversation head) implements HistoryPart {
        @Override
        public String toString() {
            return "Chat";
        }
    }

    /** The name that somebody goes by. */
    record Name(String person, String name) implements HistoryPart {
        @Override
        public String toString() {
            return "Name";
        }
    }

    /** The two names of an account, as text. */
    record Alias(String pn, String lid) implements HistoryPart {
        @Override
        public String toString() {
            return "Alias";
        }
    }
}
