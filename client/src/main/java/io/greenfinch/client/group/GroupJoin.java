package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Comes into a group, and finds out what became of it: after a lost answer the group is asked. One per call; blocks. */
final class GroupJoin implements Operation<Jid, Joined> {

    private final GroupState state;
    private final Node request;

    /** Whether the result tells if we are in or have to wait. */
    private final boolean told;

    /** The invitation was taken, and the answer does not say whether it was enough. */
    private volatile boolean accepted;

    private GroupJoin(GroupState state, Node request, boolean told) {
        this.state = state;
        this.request = request;
        this.told = told;
    }

    /** As {@link Groups#join(InviteCode, Instant)}. */
    static Outcome<Joined> join(Wire wire, GroupState state, InviteCode code, Instant deadline) {
        // Which group it is must be known, should the answer get lost.
        Outcome<InvitedGroup> found = Exchange.ask(wire, JoinStanzas.find(code), JoinQuestion.find(state), deadline);
        return found instanceof Done<InvitedGroup>(InvitedGroup invited)
                ? new GroupJoin(state, JoinStanzas.join(code), true)
                        .enter(wire, invited.group().id(), deadline)
                : found.instead();
    }

    /** As {@link Groups#join(Invitation, Instant)}. */
    static Outcome<Joined> join(Wire wire, GroupState state, Invitation invitation, Instant deadline) {
        return new GroupJoin(state, JoinStanzas.accept(invitation), false).enter(wire, invitation.group(), deadline);
    }

    private Outcome<Joined> enter(Wire wire, Jid group, Instant deadline) {
        // What the session knows may be old by now, and would decide whose doing it is that we are in.
        Outcome<KnownGroup> before = GroupQuery.of(group, state).ask(wire, deadline);
        Membership membership = Membership.of(before, state);
        if (membership == Membership.UNHEARD) {
            return before.instead();
        }
        return membership.inside()
                ? new Refused<>(Refusal.ALREADY_A_MEMBER, 0)
                : Exchange.run(wire, this, group, deadline);
    }

    @Override
    public List<Batch<Jid, Joined>> batches(List<Attempt<Jid, Joined>> open) {
        return List.of(new Batch<>(request, open));
    }

    @Override
    public Verdict<Joined> result(Attempt<Jid, Joined> attempt, Node stanza, long reminder) {
        Optional<Joined> joined = told ? JoinAnswers.joined(stanza) : Optional.empty();
        accepted |= !told;
        return joined.map(Verdict::done).orElseGet(() -> new Verdict.Verify<>(0));
    }

    @Override
    public Verdict<Joined> refused(Attempt<Jid, Joined> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code == 304 || (code >= 400 && code <= 499)
                ? Verdict.refused(JoinAnswers.whyNotIn(code), code)
                : new Verdict.Verify<>(code);
    }

    private static Outcome<Joined> joined(Attempt<Jid, Joined> attempt, boolean pending) {
        return new Done<>(new Joined(attempt.subject(), pending));
    }

    /** Who was not in the group and is in it now has come in, whatever the error says. */
    @Override
    public void look(Exchange<Jid, Joined> exchange, List<Attempt<Jid, Joined>> refused) {
        Attempt<Jid, Joined> attempt = refused.getFirst();
        switch (GroupQuery.of(attempt.subject(), state).membership(exchange, refused)) {
            case ADMIN, MEMBER -> attempt.settle(joined(attempt, false));
            case NONE, NO_GROUP -> {} // a request that waits is seen by nobody but admins
            case UNDISCLOSED, UNHEARD -> attempt.settle(new Unknown<>(Silence.UNKNOWN));
        }
    }

    /** A repeat was refused, perhaps because the stanza before it was carried out. */
    @Override
    public void settleRefused(Exchange<Jid, Joined> exchange, List<Attempt<Jid, Joined>> refused) {
        Attempt<Jid, Joined> attempt = refused.getFirst();
        if (!attempt.unknown()) {
            attempt.settle(attempt.told());
            return;
        }
        attempt.settle(
                switch (JoinAnswers.whyNotIn(attempt.code())) {
                    case ALREADY_A_MEMBER -> joined(attempt, false);
                    case AWAITS_APPROVAL -> joined(attempt, true);
                    default ->
                        GroupQuery.of(attempt.subject(), state)
                                        .membership(exchange, refused)
                                        .inside()
                                ? joined(attempt, false)
                                // Outside, the stanza before may have made a request that waits: nobody tells us.
                                : new Unknown<>(Silence.UNKNOWN);
                });
    }

    /** Nobody knows what became of the stanza; who is not in the group may wait, which only a repeat tells. */
    @Override
    public void verify(Exchange<Jid, Joined> exchange, List<Attempt<Jid, Joined>> unsure) {
        Attempt<Jid, Joined> attempt = unsure.getFirst();
        switch (GroupQuery.of(attempt.subject(), state).membership(exchange, unsure)) {
            case ADMIN, MEMBER -> attempt.settle(joined(attempt, false));
            case NONE -> settleOutside(attempt, joined(attempt, true));
            case NO_GROUP -> settleOutside(attempt, new Unknown<>(Silence.UNKNOWN));
            case UNDISCLOSED, UNHEARD -> attempt.settle(new Unknown<>(Silence.UNKNOWN));
        }
    }

    private void settleOutside(Attempt<Jid, Joined> attempt, Outcome<Joined> ifAccepted) {
        if (accepted) {
            attempt.settle(ifAccepted);
        }
    }
}
