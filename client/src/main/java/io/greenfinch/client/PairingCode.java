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

    /** No code could be had before the deadline. */
    record Unavailable(DisconnectCause cause) implements PairingCode {}
}
