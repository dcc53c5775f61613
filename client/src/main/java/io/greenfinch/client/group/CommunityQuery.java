package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;

/** Asks WhatsApp for the groups of a community. Why it does not tell them, its metadata explain. Immutable. */
record CommunityQuery(Jid community, GroupState state) implements Question<List<CommunityGroup>> {

    Outcome<List<CommunityGroup>> ask(Wire wire, Instant deadline) {
        return Exchange.ask(wire, CommunityStanzas.groups(community), this, deadline);
    }

    /** Asks within an exchange, for no longer than it takes until these attempts are proven. */
    <S, T> Outcome<List<CommunityGroup>> ask(Exchange<S, T> exchange, List<Attempt<S, T>> about) {
        return exchange.ask(CommunityStanzas.groups(community), this, about);
    }

    @Override
    public Verdict<List<CommunityGroup>> result(
            Attempt<Node, List<CommunityGroup>> attempt, Node stanza, long reminder) {
        return CommunityStanzas.listed(stanza).map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
    }

    @Override
    public Verdict<List<CommunityGroup>> refused(
            Attempt<Node, List<CommunityGroup>> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code >= 400 && code <= 499 ? new Verdict.Explain<>(code) : new Verdict.Verify<>(code);
    }

    @Override
    public void explain(
            Exchange<Node, List<CommunityGroup>> exchange, List<Attempt<Node, List<CommunityGroup>>> refused) {
        Refusal why = whyNot(GroupQuery.of(community, state).ask(exchange, refused), state);
        refused.forEach(attempt -> attempt.settle(new Outcome.Refused<>(why, attempt.code())));
    }

    /** Why something about a community was refused, by what its metadata tell. */
    static Refusal whyNot(Outcome<KnownGroup> told, GroupState state) {
        boolean plain = told.done()
                .filter(found -> !found.group().settings().community())
                .isPresent();
        return plain ? Refusal.NOT_A_COMMUNITY : Membership.of(told, state).whyNot();
    }
}
