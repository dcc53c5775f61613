package io.greenfinch.client.stanza;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a wish or a question. Only what WhatsApp itself has confirmed counts as done or as refused.
 *
 * @param <T> what there is when it was done
 */
public sealed interface Outcome<T> {

    /** It was done, or told. */
    record Done<T>(T value) implements Outcome<T> {}

    /**
     * Confirmed by WhatsApp: it was not done, or is not told.
     *
     * @param code WhatsApp's; 0 when a question and not a refusal told
     * @param invitation with which somebody may be invited who can't be added, where that is so
     */
    record Refused<T>(Refusal reason, int code, Optional<AddRequest> invitation) implements Outcome<T> {
        public Refused(Refusal reason, int code) {
            this(reason, code, Optional.empty());
        }
    }

    /** Nothing is certain. */
    record Unknown<T>(Silence why) implements Outcome<T> {}

    /** The right to invite somebody whose privacy settings keep others from adding them (specification §16.5). */
    record AddRequest(String code, Instant expires) {

        /** The code opens the group to who has it. */
        @Override
        public String toString() {
            return "AddRequest[expires=" + expires + "]";
        }
    }

    /** The same with another value. */
    default <U> Outcome<U> map(Function<? super T, ? extends U> function) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(function.apply(value));
            case Refused<T>(Refusal reason, int code, Optional<AddRequest> invitation) ->
                new Refused<>(reason, code, invitation);
            case Unknown<T>(Silence why) -> new Unknown<>(why);
        };
    }

    /** What follows from the value; where there is none, nothing more is sent. */
    default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
        return this instanceof Done<T>(T value) ? next.apply(value) : instead();
    }

    /** The value, if it was done. */
    default Optional<T> done() {
        return this instanceof Done<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /**
     * What it means for a wish that this question, asked before it, was not answered: nothing was sent.
     *
     * @throws IllegalStateException when it was
     */
    default <U> Outcome<U> instead() {
        return switch (this) {
            case Done<T> done -> throw new IllegalStateException("it was answered");
            case Refused<T>(Refusal reason, int code, Optional<AddRequest> invitation) ->
                new Refused<>(reason, code, invitation);
            case Unknown<T>(Silence why) -> new Unknown<>(why == Silence.UNKNOWN ? Silence.NOT_SENT : why);
        };
    }
}
