package io.greenfinch.client.message;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The messages of an account. What comes in is told by events ({@link io.greenfinch.client.SessionEvent.MessageReceived} and
 * those beside it), each stored before WhatsApp is told that we have it. Thread-safe.
 */
public interface Messages {

    /**
     * Sends a message. What was encrypted for it is stored before the first byte leaves: whoever asks again under the same id,
     * also after a crash, has the same bytes sent again, and WhatsApp delivers one copy. That it was accepted or refused is an
     * event as well, stored in one unit with the end of that memory; then the id is free of consequences.
     *
     * <p>Blocks the calling (virtual) thread until there is an outcome or the deadline has passed, by the client's clock; never
     * throws for what WhatsApp or the network does. Unknown with {@code RATE_LIMITED} means that WhatsApp took no copy and
     * wants a pause; unknown for another reason, that the same has to be asked again.
     *
     * <p>A status update goes to those of its {@link Audience} whom the account's own setting allows, which is asked of WhatsApp
     * unless they were chosen; who is not on WhatsApp is left out.
     *
     * <p>Refused is: {@code NOT_ON_WHATSAPP} (nobody has this number), {@code NOT_A_MEMBER} and {@code GROUP_NOT_FOUND}
     * (not our group), {@code NOT_AN_ADMIN} (only admins may write there), {@code PRIVACY} (the account may start chats only with those
     * who trust it, and the receiver does not), {@code NOT_ALLOWED} (it may start none at all now), {@code OTHER} with WhatsApp's code.
     */
    Outcome<SentMessage> send(OutgoingMessage message, Instant deadline);

    /**
     * Tells who wrote them, and our other devices, that messages were read. Unknown when there is no connection before the
     * deadline; done when it was written to the connection.
     *
     * @param sender who wrote them, in a group
     * @param ids at most 256
     */
    Outcome<Integer> markRead(Jid chat, Optional<Jid> sender, List<String> ids, Instant deadline);

    /** What others see us do in a chat (specification §24). */
    enum Composing {
        TEXT,
        VOICE,
        NOTHING
    }

    /** Shows in a chat what we do. Not sent without a connection; nothing is queued. */
    void composing(Jid chat, Composing what);

    /** The message with this id will not be sent, or not again: what is kept for that is let go of. */
    void giveUp(String id);

    /** A new id for a message, unique for this account (specification §14.1): {@code 3EB0} and 18 upper-case hex digits. */
    String newId();
}
