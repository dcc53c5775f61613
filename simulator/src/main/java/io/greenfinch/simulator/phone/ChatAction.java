package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.proto.Message;
import java.util.List;
import java.util.Optional;

/** Something a person does in a chat on the phone. */
public sealed interface ChatAction {

    /**
     * Writes a text.
     *
     * @param quoted the id of a message that it answers
     */
    record Text(Chat chat, String text, Optional<String> quoted) implements ChatAction {

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * Reacts to a message.
     *
     * @param id its id
     * @param emoji empty to take the reaction back
     */
    record Reaction(String id, String emoji) implements ChatAction {}

    /** Writes a message of any kind. */
    record Content(Chat chat, Message content) implements ChatAction {

        @Override
        public String toString() {
            return "Content[hidden]";
        }
    }

    /** Writes a message about an earlier one. */
    sealed interface Change extends ChatAction {

        /** The earlier one's id. */
        String id();
    }

    /** Gives a text of one's own another wording. */
    record Edit(String id, String text) implements Change {

        @Override
        public String toString() {
            return "Edit[" + id + "]";
        }
    }

    /** Takes a message back. */
    record Deletion(String id) implements Change {}

    /**
     * Votes in a poll.
     *
     * @param options the names of what is chosen
     */
    record Vote(String id, List<String> options) implements Change {

        @Override
        public String toString() {
            return "Vote[" + id + "]";
        }
    }

    /** Reads a message, which its author is told. */
    record Reading(String id) implements ChatAction {}

    /** What came of it. */
    sealed interface Outcome {

        /** It is done; {@code id} is that of the new message, or of the one that was read. */
        record Done(String id) implements Outcome {}

        /** The phone does not know the message that it is about. */
        record UnknownMessage(String id) implements Outcome {}

        /** The phone has no network. */
        record Offline() implements Outcome {}

        /** The service did not take it (specification §26.3). */
        record Refused(int code) implements Outcome {}
    }
}
