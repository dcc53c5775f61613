package io.greenfinch.client.stanza;

import java.time.Duration;
import java.util.Optional;

/**
 * What an answer says of one attempt.
 *
 * @param <T> what there is when it was done
 */
public sealed interface Verdict<T> {

    /** This is what became of it. */
    record Certain<T>(Outcome<T> outcome) implements Verdict<T> {}

    /** Nothing was done; wait, for as long as the server says if it does, and send it again. */
    record Wait<T>(Silence why, Optional<Duration> wanted) implements Verdict<T> {}

    /** Refused, and only a question tells why. */
    record Explain<T>(int code) implements Verdict<T> {}

    /**
     * Nobody knows what was done: only a question tells.
     *
     * @param code of WhatsApp's own failure; 0 when there was no answer that can be understood
     */
    record Verify<T>(int code) implements Verdict<T> {}

    static <T> Verdict<T> done(T value) {
        return new Certain<>(new Outcome.Done<>(value));
    }

    static <T> Verdict<T> refused(Refusal reason, int code) {
        return new Certain<>(new Outcome.Refused<>(reason, code));
    }

    /** Too many requests. */
    static <T> Verdict<T> limited(Optional<Duration> wanted) {
        return new Wait<>(Silence.RATE_LIMITED, wanted);
    }
}
