package io.greenfinch.client.business;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;

/**
 * A question about a business. Who has nothing of the kind is refused with 404.
 *
 * @param <T> what is told
 */
interface BusinessQuestion<T> extends Question<T> {

    /** What is told of who has nothing of the kind. */
    T nothing();

    @Override
    default Verdict<T> refused(Attempt<Node, T> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        return switch (code) {
            case 404 -> Verdict.done(nothing());
            case 429 -> Verdict.limited(error.backoff());
            default -> code >= 400 && code <= 499 ? Verdict.refused(Refusal.OTHER, code) : new Verdict.Verify<>(code);
        };
    }
}
