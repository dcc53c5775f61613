package io.greenfinch.client.privacy;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of these requests, all of which may be repeated: what was changed is changed, and no more.
 *
 * @param parser reads an answer on the session's thread; empty when it tells nothing
 * @param notFound what 404 means
 */
record PrivacyQuestion<T>(Function<Node, Optional<T>> parser, Refusal notFound) implements Question<T> {

    private static final int NOT_IMPLEMENTED = 501;

    @Override
    public Verdict<T> result(Attempt<Node, T> attempt, Node stanza, long reminder) {
        return parser.apply(stanza).map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
    }

    @Override
    public Verdict<T> refused(Attempt<Node, T> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        return switch (code) {
            case 404 -> Verdict.refused(notFound, code);
            case 406 -> Verdict.refused(Refusal.NOT_ACCEPTABLE, code);
            case 429 -> Verdict.limited(error.backoff());
            case NOT_IMPLEMENTED -> Verdict.refused(Refusal.OTHER, code);
            default -> code >= 400 && code <= 499 ? Verdict.refused(Refusal.OTHER, code) : new Verdict.Verify<>(code);
        };
    }
}
