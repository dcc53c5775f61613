package io.greenfinch.client.pairing;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import java.util.concurrent.CompletableFuture;

/** A code that somebody waits for, and whether WhatsApp was asked for it. Thread-safe. */
public final class AwaitedCode extends CompletableFuture<PhoneCode> {

    private volatile boolean asked;

    /** The request is on its way. */
    void asked() {
        asked = true;
    }

    boolean wasAsked() {
        return asked;
    }

    /** What to say when there is none. */
    public PhoneCode none(DisconnectCause cause) {
        return asked && cause != DisconnectCause.CLIENT_OUTDATED
                ? new PhoneCode.Unanswered()
                : new PhoneCode.Unavailable(cause);
    }
}
