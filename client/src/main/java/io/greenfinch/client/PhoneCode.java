package io.greenfinch.client;

import java.time.Instant;

/** What a request for a code to type on the phone found (specification §8). */
public sealed interface PhoneCode {

    /**
     * The eight characters to type, good until {@code until}. Who knows them can link in our place: not for logs.
     *
     * <p>A wrong code is noticed on the phone alone; nothing tells the companion of it.
     */
    record Code(String characters, Instant until) implements PhoneCode {
        @Override
        public String toString() {
            return "Code[until=" + until + "]";
        }
    }

    /** The session is linked already. */
    record AlreadyLinked() implements PhoneCode {}

    /**
     * WhatsApp refused: 404 for a number without an account, 429 for too many attempts, 400 for what it takes for wrong.
     *
     * @param code 0 when the server gave none
     */
    record Refused(int code, String text) implements PhoneCode {}

    /** WhatsApp demands a passkey; see {@link PairingCode.PasskeyRequired}. */
    record PasskeyRequired(String options) implements PhoneCode {
        @Override
        public String toString() {
            return "PasskeyRequired[" + options.length() + " characters]";
        }
    }

    /** WhatsApp was asked for a code, and what it answered, if anything, was none. */
    record Unanswered() implements PhoneCode {}

    /** No code could be had before the deadline, or a later request for another number took the place of this. */
    record Unavailable(DisconnectCause cause) implements PhoneCode {}

    /** The same outcome as somebody who waits for a QR code gets. */
    static PhoneCode like(PairingCode outcome) {
        return switch (outcome) {
            case PairingCode.AlreadyLinked linked -> new AlreadyLinked();
            case PairingCode.PasskeyRequired passkey -> new PasskeyRequired(passkey.options());
            case PairingCode.Unavailable unavailable -> new Unavailable(unavailable.cause());
            case PairingCode.Code code ->
                throw new IllegalArgumentException("a QR code is no answer to who wants a code to type");
        };
    }
}
