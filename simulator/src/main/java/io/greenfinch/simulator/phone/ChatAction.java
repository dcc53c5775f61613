package io.greenfinch.simulator.phone;

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
