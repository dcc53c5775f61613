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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts groups into a community or takes them out, and finds out what became of it: after a lost answer the community is asked
 * for its groups. Of a group nothing but its own element counts. One per call; blocks.
 */
final class CommunityLinks implements Operation<Jid, Jid> {

    private final GroupState state;
    private final Jid community;
    private final boolean in;

    /** The groups that belonged to the community when we looked first. */
    private final Set<Jid> before;

    private CommunityLinks(GroupState state, Jid community, boolean in, Set<Jid> before) {
        this.state = state;
        this.community = community;
        this.in = in;
        this.before = before;
    }

    /**
     * An outcome for each, in the order asked.
     *
     * @param in whether they are to belong to the community
     */
    static List<Outcome<Jid>> change(
            Wire wire, GroupState state, Jid community, boolean in, List<Jid> groups, Instant deadline) {
        Outcome<List<CommunityGroup>> told = new CommunityQuery(community, state).ask(wire, deadline);
        if (!(told instanceof Done<List<CommunityGroup>>(List<CommunityGroup> before))) {
            return groups.stream().<Outcome<Jid>>map(group -> told.instead()).toList();
        }
        CommunityLinks operation = new CommunityLinks(state, community, in, ids(before));
        return Exchange.of(wire, operation, groups, deadline).run();
    }

    private static Set<Jid> ids(List<CommunityGroup> groups) {
        return groups.stream().map(CommunityGroup::id).collect(Collectors.toSet());
    }

    private boolean wasSo(Jid group) {
        return before.contains(group) == in;
    }

    @Override
    public List<Batch<Jid, Jid>> batches(List<Attempt<Jid, Jid>> open) {
        List<Jid> groups = open.stream().map(Attempt::subject).toList();
        return List.of(new Batch<>(CommunityStanzas.link(community, in, groups), open));
    }

    @Override
    public Verdict<Jid> result(Attempt<Jid, Jid> attempt, Node stanza, long reminder) {
        Jid group = attempt.subject();
        int code = CommunityStanzas.code(in, group, stanza);
        return switch (code) {
            case 200 -> Verdict.done(group);
            case 401, 403 -> new Verdict.Explain<>(code);
            case 404, 410 -> Verdict.refused(absent(group), code);
            case 304, 409 -> Verdict.refused(wasSo(group) ? Refusal.UNCHANGED : conflict(), code);
            case 406 -> Verdict.refused(Refusal.NOT_ACCEPTABLE, code);
            case 412, 419 -> Verdict.refused(Refusal.GROUP_FULL, code);
            case 423 -> Verdict.refused(Refusal.LOCKED, code);
            case 429 -> Verdict.limited(Optional.empty());
            default ->
                code >= 400 && code <= 499 ? Verdict.refused(Refusal.NOT_ALLOWED, code) : new Verdict.Verify<>(code);
        };
    }

    /** What can't be taken out because it is not there was not in. */
    private Refusal absent(Jid group) {
        return !in && wasSo(group) ? Refusal.UNCHANGED : Refusal.GROUP_NOT_FOUND;
    }

    private Refusal conflict() {
        return in ? Refusal.LINKED_ELSEWHERE : Refusal.NOT_ALLOWED;
    }

    @Override
    public Verdict<Jid> refused(Attempt<Jid, Jid> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code >= 400 && code <= 499 ? new Verdict.Explain<>(code) : new Verdict.Verify<>(code);
    }

    /** For want of rights in the community, or else in the group. */
    @Override
    public void explain(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        verifyRepeated(exchange, refused);
        List<Attempt<Jid, Jid>> open =
                refused.stream().filter(attempt -> !attempt.settled()).toList();
        if (open.isEmpty()) {
            return;
        }
        Outcome<KnownGroup> told = GroupQuery.of(community, state).ask(exchange, open);
        Refusal why = CommunityQuery.whyNot(told, state);
        boolean ofGroups = in && why != Refusal.NOT_A_COMMUNITY && Membership.of(told, state) == Membership.ADMIN;
        open.forEach(
                attempt -> attempt.settle(new Refused<>(ofGroups ? ofGroup(exchange, attempt) : why, attempt.code())));
    }

    /** Of those that were sent before, the stanza before may have been carried out. */
    private void verifyRepeated(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        List<Attempt<Jid, Jid>> repeated =
                refused.stream().filter(Attempt::unknown).toList();
        if (!repeated.isEmpty()) {
            verify(exchange, repeated);
        }
    }

    private Refusal ofGroup(Exchange<Jid, Jid> exchange, Attempt<Jid, Jid> attempt) {
        Jid group = attempt.subject();
        return state.certain(group)
                .flatMap(state::ownRole)
                .map(role -> role.admin() ? Refusal.NOT_ALLOWED : Refusal.NOT_AN_ADMIN)
                .orElseGet(() -> GroupQuery.of(group, state)
                        .membership(exchange, List.of(attempt))
                        .whyNot());
    }

    /** What is as wished now and was not before was done by us, whatever an error says. */
    @Override
    public void look(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        verify(exchange, refused);
        refused.stream().filter(attempt -> !attempt.settled()).forEach(Attempt::believe);
    }

    @Override
    public void settleRefused(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        verifyRepeated(exchange, refused);
        refused.stream().filter(attempt -> !attempt.settled()).forEach(attempt -> attempt.settle(attempt.told()));
    }

    @Override
    public void verify(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> unsure) {
        Outcome<List<CommunityGroup>> told = new CommunityQuery(community, state).ask(exchange, unsure);
        if (!(told instanceof Done<List<CommunityGroup>>(List<CommunityGroup> listed))) {
            unsure.forEach(attempt -> attempt.settle(new Unknown<>(Silence.UNKNOWN)));
            return;
        }
        Set<Jid> now = ids(listed);
        for (Attempt<Jid, Jid> attempt : unsure) {
            Jid group = attempt.subject();
            if (now.contains(group) == in) {
                attempt.settle(wasSo(group) ? new Refused<>(Refusal.UNCHANGED, attempt.code()) : new Done<>(group));
            }
        }
    }

    @Override
    public Outcome<Jid> inVain(Attempt<Jid, Jid> attempt) {
        return attempt.code() == 0
                ? new Unknown<>(Silence.UNKNOWN)
                : new Refused<>(Refusal.SERVER_ERROR, attempt.code());
    }
}
