package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks WhatsApp for a group's metadata; the session's state learns it too. Refused are {@code NOT_A_MEMBER},
 * {@code GROUP_NOT_FOUND} and, with any other code, {@code OTHER}. Immutable.
 */
final class GroupQuery implements Question<KnownGroup> {

    private final Jid group;
    private final GroupState state;
    private final boolean persistent;
    private final BooleanSupplier left;

    private GroupQuery(Jid group, GroupState state, boolean persistent, BooleanSupplier left) {
        this.group = group;
        this.state = state;
        this.persistent = persistent;
        this.left = left;
    }

    /** The group, whoever is listed in it; asked for until there is an answer that tells something. */
    static GroupQuery of(Jid group, GroupState state) {
        return new GroupQuery(group, state, true, () -> false);
    }

    /** The same; {@code left} tells whether we have left, should we turn out not to be in the group. */
    static GroupQuery of(Jid group, GroupState state, BooleanSupplier left) {
        return new GroupQuery(group, state, true, left);
    }

    /** The group, unless we are not in it; too many requests are not waited out. */
    static Outcome<Group> find(Wire wire, Jid group, GroupState state, Instant deadline) {
        Question<KnownGroup> question = new GroupQuery(group, state, false, () -> false);
        Outcome<KnownGroup> told = Exchange.ask(wire, GroupStanzas.query(group), question, deadline);
        return told instanceof Outcome.Done<KnownGroup>(KnownGroup found) && state.excludesUs(found)
                ? new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0)
                : told.map(KnownGroup::group);
    }

    Outcome<KnownGroup> ask(Wire wire, Instant deadline) {
        return Exchange.ask(wire, GroupStanzas.query(group), this, deadline);
    }

    /** Asks within an exchange, for no longer than it takes until these attempts are proven. */
    <S, T> Outcome<KnownGroup> ask(Exchange<S, T> exchange, List<Attempt<S, T>> about) {
        return exchange.ask(GroupStanzas.query(group), this, about);
    }

    /** Asks only what we are in the group. */
    <S, T> Membership membership(Exchange<S, T> exchange, List<Attempt<S, T>> about) {
        return Membership.of(ask(exchange, about), state);
    }

    @Override
    public long sent(List<Attempt<Node, KnownGroup>> attempts) {
        return state.moment();
    }

    @Override
    public Verdict<KnownGroup> result(Attempt<Node, KnownGroup> attempt, Node stanza, long asked) {
        Optional<KnownGroup> found = GroupAnswers.metadata(stanza, group);
        if (found.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        if (state.ownRole(found.get()).isPresent()) {
            state.fetched(found.get(), asked);
        } else if (persistent && state.excludesUs(found.get())) {
            state.outside(group, left.getAsBoolean(), asked);
        }
        return Verdict.done(found.get());
    }

    @Override
    public Verdict<KnownGroup> refused(Attempt<Node, KnownGroup> attempt, Answer.Refused error, long asked) {
        int code = error.code();
        if (persistent && GroupAnswers.saysOutside(error)) {
            state.outside(group, left.getAsBoolean(), asked);
        }
        return switch (code) {
            case 403 -> Verdict.refused(Refusal.NOT_A_MEMBER, code);
            case 404, 410 -> Verdict.refused(Refusal.GROUP_NOT_FOUND, code);
            case 429 ->
                persistent
                        ? Verdict.limited(error.backoff())
                        : new Verdict.Certain<>(new Outcome.Unknown<>(Silence.RATE_LIMITED));
            case 408 -> new Verdict.Verify<>(code);
            default -> code < 400 || code > 499 ? new Verdict.Verify<>(code) : Verdict.refused(Refusal.OTHER, code);
        };
    }
}
