package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.util.List;

/**
 * What a call wants of WhatsApp: what to send, what the answers say, how to find out when they say nothing. The
 * {@link Exchange} does the rest.
 *
 * <p>{@link #sent}, {@link #result} and {@link #refused} run on the session's thread in the order of the stream, must not
 * block, and may learn from the answer for the session; they see each answer once, late ones too. All others run on the
 * caller's thread and may block.
 *
 * @param <S> what it is about; an operation may be about several at once
 * @param <T> what there is when it was done
 */
public interface Operation<S, T> {

    /** How often the same may be sent. */
    enum Repetition {
        /** It reads only: for as long as there is time. */
        FREELY,
        /** For as long as there is time: its last answer is the true one. */
        REPEATEDLY,
        /** Once more, after a question that did not find it done. */
        ONCE
    }

    /** One stanza and what it is about. */
    record Batch<S, T>(Node stanza, List<Attempt<S, T>> attempts) {
        public Batch {
            attempts = List.copyOf(attempts);
        }
    }

    default Repetition repetition() {
        return Repetition.ONCE;
    }

    /** The stanzas that ask for all that is open; as a rule one. */
    List<Batch<S, T>> batches(List<Attempt<S, T>> open);

    /** What must be done before anything is sent; false when there is no time left to send. */
    default boolean ready(Exchange<S, T> exchange, List<Attempt<S, T>> open) {
        return true;
    }

    /**
     * A stanza is about to be written.
     *
     * @return what to be reminded of with its answer
     */
    default long sent(List<Attempt<S, T>> attempts) {
        return 0;
    }

    /** What a result says of one attempt. A result is not yet a success: what was asked for may have failed inside it. */
    Verdict<T> result(Attempt<S, T> attempt, Node stanza, long reminder);

    /** What an error for the whole stanza says of one attempt. */
    Verdict<T> refused(Attempt<S, T> attempt, Answer.Refused error, long reminder);

    /**
     * WhatsApp has refused these as a whole, and not for their form: they may have been carried out all the same. Settles those
     * of which that is so or can't be known, and {@link Attempt#believe believes} the answer to the others.
     */
    default void look(Exchange<S, T> exchange, List<Attempt<S, T>> refused) {}

    /**
     * Settles those that were refused, as the answer says or otherwise. Of those that are {@link Attempt#unknown} an earlier
     * stanza may have done it; those that are not settled here are verified.
     */
    default void settleRefused(Exchange<S, T> exchange, List<Attempt<S, T>> refused) {
        refused.forEach(attempt -> attempt.settle(attempt.told()));
    }

    /** Settles those that were refused for a reason that only a question tells; {@link Attempt#code} is WhatsApp's. */
    default void explain(Exchange<S, T> exchange, List<Attempt<S, T>> refused) {
        refused.forEach(attempt -> attempt.settle(new Outcome.Refused<>(Refusal.NOT_ALLOWED, attempt.code())));
    }

    /** Finds out what became of stanzas whose fate nobody knows. Those that are not settled are sent once more. */
    default void verify(Exchange<S, T> exchange, List<Attempt<S, T>> unsure) {}

    /** What it means that nothing was found done after the repetition either. */
    default Outcome<T> inVain(Attempt<S, T> attempt) {
        return new Outcome.Unknown<>(Silence.UNKNOWN);
    }
}
