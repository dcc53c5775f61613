package io.greenfinch.client;

import java.time.Instant;

/** What a request for a QR code found. */
public sealed interface PairingCode {

    /**
     * The text to show as a QR code, good until {@code until}. It carries the secret of this linking: not for logs.
     */
    record Code(String text, Instant until) implements PairingCode {
        @Override
        public String toString() {
            return "Code[until=" + until + "]";
        }
    }

    /** The session is linked already. */
    record AlreadyLinked() implements PairingCode {}

    /**
     * WhatsApp took the code, and now wants the account's owner to prove themself with a passkey (specification §8). A browser has
     * it signed on WhatsApp's own page alone: {@link AccountLink#answerPasskey} takes what was signed there. It stays so for
     * ten minutes, if the connection lasts.
     *
     * @param options the WebAuthn request as the server's JSON, at most 16 KiB; empty while it is not known
     */
    record PasskeyRequired(String options) implements PairingCode {
        @Override
        public String toString() {
            return "PasskeyRequired[" + options.length() + " characters]";
        }
    }

    /** No code could be had before the deadline. */
    record Unavailable(DisconnectCause cause) implements PairingCode {}
}
