package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Requests about coming into groups that may be repeated: those that read, and the reset of a link. Immutable.
 *
 * @param admins the group whose admins only are answered; empty where it is not for admins
 * @param <T> what is told
 */
record JoinQuestion<T>(
        GroupState state, Function<Node, Optional<T>> parser, Optional<Jid> admins, Repetition repetition)
        implements Question<T> {

    static JoinQuestion<InviteCode> link(Jid group, GroupState state) {
        return new JoinQuestion<>(state, JoinAnswers::link, Optional.of(group), Repetition.FREELY);
    }

    /** The same of a request that changes something: of a lost one, a later refusal tells nothing. */
    static JoinQuestion<InviteCode> reset(Jid group, GroupState state) {
        return new JoinQuestion<>(state, JoinAnswers::link, Optional.of(group), Repetition.REPEATEDLY);
    }

    static JoinQuestion<List<JoinRequest>> requests(Jid group, GroupState state) {
        return new JoinQuestion<>(state, JoinAnswers::requests, Optional.of(group), Repetition.FREELY);
    }

    static JoinQuestion<InvitedGroup> find(GroupState state) {
        return new JoinQuestion<>(state, JoinAnswers::found, Optional.empty(), Repetition.FREELY);
    }

    static JoinQuestion<InvitedGroup> find(Jid group, GroupState state) {
        return new JoinQuestion<>(
                state, result -> JoinAnswers.found(result, group), Optional.empty(), Repetition.FREELY);
    }

    @Override
    public Verdict<T> result(Attempt<Node, T> attempt, Node stanza, long reminder) {
        return parser.apply(stanza).map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
    }

    @Override
    public Verdict<T> refused(Attempt<Node, T> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        if (code < 400 || code > 499) {
            return new Verdict.Verify<>(code);
        }
        if (admins.isEmpty()) {
            return Verdict.refused(JoinAnswers.whyNotIn(code), code);
        }
        return code == 401 || code == 403
                ? new Verdict.Explain<>(code)
                : Verdict.refused(JoinAnswers.ofGroup(code), code);
    }

    @Override
    public void settleRefused(Exchange<Node, T> exchange, List<Attempt<Node, T>> refused) {
        refused.forEach(
                attempt -> attempt.settle(doubtful(attempt) ? new Outcome.Unknown<>(Silence.UNKNOWN) : attempt.told()));
    }

    @Override
    public void explain(Exchange<Node, T> exchange, List<Attempt<Node, T>> refused) {
        Attempt<Node, T> attempt = refused.getFirst();
        if (doubtful(attempt)) {
            attempt.settle(new Outcome.Unknown<>(Silence.UNKNOWN));
        } else {
            Membership own = GroupQuery.of(admins.orElseThrow(), state).membership(exchange, refused);
            attempt.settle(new Outcome.Refused<>(own.whyNot(), attempt.code()));
        }
    }

    private boolean doubtful(Attempt<Node, T> attempt) {
        return repetition == Repetition.REPEATEDLY && attempt.unknown();
    }
}
