package io.greenfinch.client.history;

import io.greenfinch.protocol.binary.Jid;

/**
 * What a chat is called. Immutable; {@link #toString} does not show it.
 *
 * @param chat the group; or the person, by PN where it is known, else by LID
 * @param name not blank
 * @param chosen whether the person has chosen it; else it is what the phone calls the chat
 */
public record PastName(Jid chat, String name, boolean chosen) {

    @Override
    public String toString() {
        return "PastName[" + chat + "]";
    }
}
