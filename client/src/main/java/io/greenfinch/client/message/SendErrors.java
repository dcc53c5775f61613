package io.greenfinch.client.message;

import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.protocol.binary.Jid;

/** What WhatsApp means by the codes by which it does not take a message (specification §14.4, §26.3). */
final class SendErrors {

    /** Too many messages: later. */
    static final int TOO_MANY = 429;

    private static final int NOT_AUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int GONE = 410;
    private static final int STALE_ADDRESSING = 421;
    private static final int NO_NEW_CHATS = 463;
    private static final int NEW_CHATS_CAPPED = 475;
    private static final int STALE_SESSIONS = 479;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private SendErrors() {}

    /** Whether what is known of who is to get it has turned out to be out of date. */
    static boolean isStale(int code) {
        return code == STALE_ADDRESSING || code == STALE_SESSIONS;
    }

    /** Whether it says nothing of the message, but of this moment. */
    static boolean isPassing(int code) {
        return code == TIMED_OUT || code == SERVER_ERROR || code == UNAVAILABLE;
    }

    /**
     * Why it will never take it.
     *
     * @param trusted whether it bore the receiver's token: who may not write all the same is restricted as a whole
     */
    static Refusal reason(Jid chat, int code, boolean trusted) {
        boolean group = chat.isGroup();
        if (chat.isStatus()) {
            return Refusal.OTHER; // none of the others is about who posts one
        }
        return switch (code) {
            case NOT_AUTHORIZED -> group ? Refusal.NOT_A_MEMBER : Refusal.NOT_ALLOWED;
            case FORBIDDEN -> group ? Refusal.NOT_AN_ADMIN : Refusal.BLOCKED;
            case NOT_FOUND, GONE -> group ? Refusal.GROUP_NOT_FOUND : Refusal.NOT_ON_WHATSAPP;
            case NO_NEW_CHATS -> trusted ? Refusal.NOT_ALLOWED : Refusal.PRIVACY;
            case NEW_CHATS_CAPPED -> Refusal.NOT_ALLOWED;
            default -> Refusal.OTHER;
        };
    }
}
