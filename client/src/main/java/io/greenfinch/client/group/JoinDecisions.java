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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides about people who want to come in or were invited, and finds out what became of it: after a lost answer the list of
 * requests and the group are asked. About people, nothing but the element of that very person counts. One per call; blocks.
 */
final class JoinDecisions implements Operation<Jid, Jid> {

    private final GroupState state;
    private final Decision decision;
    private final Jid group;
    private final List<JoinRequest> before;

    private JoinDecisions(GroupState state, Decision decision, Jid group, List<JoinRequest> before) {
        this.state = state;
        this.decision = decision;
        this.group = group;
        this.before = before;
    }

    /** An outcome for each, in the order asked. */
    static List<Outcome<Jid>> decide(
            Wire wire, GroupState state, Decision decision, Jid group, List<Jid> people, Instant deadline) {
        List<JoinRequest> before = List.of();
        if (decision.byAdmins()) {
            Outcome<List<JoinRequest>> told =
                    Exchange.ask(wire, JoinStanzas.list(group), JoinQuestion.requests(group, state), deadline);
            if (!(told instanceof Done<List<JoinRequest>>(List<JoinRequest> waiting))) {
                return people.stream()
                        .<Outcome<Jid>>map(person -> told.instead())
                        .toList();
            }
            before = waiting;
        }
        JoinDecisions operation = new JoinDecisions(state, decision, group, before);
        return Exchange.of(wire, operation, people, deadline).run();
    }

    @Override
    public List<Batch<Jid, Jid>> batches(List<Attempt<Jid, Jid>> open) {
        List<Jid> people = open.stream().map(Attempt::subject).toList();
        return List.of(new Batch<>(JoinStanzas.people(decision, group, people), open));
    }

    @Override
    public Verdict<Jid> result(Attempt<Jid, Jid> attempt, Node stanza, long asked) {
        Jid person = attempt.subject();
        List<Node> told = JoinAnswers.people(decision, stanza);
        if (decision == Decision.REVOKE && told.isEmpty()) {
            return Verdict.done(person); // specification §16.7 knows no more than "result"
        }
        int code = GroupAnswers.about(person, (int) asked, told)
                .map(JoinDecisions::code)
                .orElse(0);
        if (code == 200) {
            return Verdict.done(person);
        }
        if (code == 429) {
            return Verdict.limited(Optional.empty());
        }
        return code >= 400 && code <= 499
                ? Verdict.refused(JoinAnswers.ofPerson(code), code)
                : new Verdict.Verify<>(code);
    }

    /** 200 when there is no error; 0 when there is one that can't be understood. */
    private static int code(Node participant) {
        return participant.has("error") ? Answer.code(participant, "error") : 200;
    }

    /** Of how many people the stanza is: an answer about a single one may use another name. */
    @Override
    public long sent(List<Attempt<Jid, Jid>> attempts) {
        return attempts.size();
    }

    @Override
    public Verdict<Jid> refused(Attempt<Jid, Jid> attempt, Answer.Refused error, long asked) {
        int code = error.code();
        if (code == 429) {
            return Verdict.limited(error.backoff());
        }
        return code >= 400 && code <= 499 ? new Verdict.Explain<>(code) : new Verdict.Verify<>(code);
    }

    /** The request as a whole was refused: certain for those only of whom no earlier one is unknown. */
    @Override
    public void explain(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        List<Attempt<Jid, Jid>> fresh =
                refused.stream().filter(attempt -> !attempt.unknown()).toList();
        if (!fresh.isEmpty()) {
            Refusal reason = whyNot(exchange, fresh);
            fresh.forEach(attempt -> attempt.settle(new Refused<>(reason, attempt.code())));
        }
        settleUnknown(refused);
    }

    private Refusal whyNot(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        int code = refused.getFirst().code();
        if (decision == Decision.CANCEL) {
            return JoinAnswers.whyNotIn(code);
        }
        return code == 401 || code == 403
                ? GroupQuery.of(group, state).membership(exchange, refused).whyNot()
                : JoinAnswers.ofGroup(code);
    }

    private static void settleUnknown(List<Attempt<Jid, Jid>> some) {
        some.stream().filter(attempt -> !attempt.settled()).forEach(attempt -> attempt.settle(unknown()));
    }

    private static Outcome<Jid> unknown() {
        return new Unknown<>(Silence.UNKNOWN);
    }

    /** What only admins decide can be listed; of the rest no question tells. */
    @Override
    public void look(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        if (decision.byAdmins()) {
            verify(exchange, refused);
            refused.stream().filter(attempt -> !attempt.settled()).forEach(Attempt::believe);
        }
    }

    @Override
    public void settleRefused(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> refused) {
        List<Attempt<Jid, Jid>> withdrawn = new ArrayList<>();
        for (Attempt<Jid, Jid> attempt : refused) {
            if (!attempt.unknown()) {
                attempt.settle(attempt.told());
            } else if (attempt.code() == 404 && !decision.byAdmins()) {
                withdrawn.add(attempt);
            }
        }
        if (!withdrawn.isEmpty()) {
            // A repeat finds nothing to take back: the stanza before did it, unless the person has come in meanwhile.
            Function<Jid, Optional<Boolean>> members = members(exchange, withdrawn);
            withdrawn.forEach(attempt -> attempt.settle(members.apply(attempt.subject())
                    .<Outcome<Jid>>map(in -> in ? attempt.told() : new Done<>(attempt.subject()))
                    .orElse(unknown())));
        }
    }

    /** Nobody knows what became of these people: what can be listed tells, of the rest a repeat. */
    @Override
    public void verify(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> unsure) {
        if (decision.byAdmins()) {
            Outcome<List<JoinRequest>> told =
                    exchange.ask(JoinStanzas.list(group), JoinQuestion.requests(group, state), unsure);
            if (told instanceof Done<List<JoinRequest>>(List<JoinRequest> now)) {
                compare(exchange, unsure, now);
            } else {
                settleUnknown(unsure);
            }
        }
    }

    /** What a repeat was answered that left all as it was. */
    @Override
    public Outcome<Jid> inVain(Attempt<Jid, Jid> attempt) {
        int code = attempt.code();
        if (!decision.byAdmins() || code == 0 || code == 404) {
            return unknown();
        }
        if (code >= 400 && code <= 499) {
            return new Refused<>(JoinAnswers.ofPerson(code), code);
        }
        return code >= 500 ? new Refused<>(Refusal.SERVER_ERROR, code) : unknown();
    }

    /** Who waited before and does not now was let in or turned away; the group tells which. */
    private void compare(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> unsure, List<JoinRequest> now) {
        List<Attempt<Jid, Jid>> gone = unsure.stream()
                .filter(attempt -> !waits(named(attempt.subject()), now))
                .toList();
        if (gone.isEmpty()) {
            return;
        }
        Function<Jid, Optional<Boolean>> members = members(exchange, gone);
        for (Attempt<Jid, Jid> attempt : gone) {
            Jid person = attempt.subject();
            Optional<Boolean> in = members.apply(person);
            if (in.isEmpty() || !waits(named(person), before)) {
                attempt.settle(unknown());
            } else if (in.get() == (decision == Decision.APPROVE)) {
                attempt.settle(new Done<>(person));
            } else {
                // Who was let in may have gone already.
                attempt.settle(in.get() ? new Refused<>(Refusal.NOTHING_PENDING, 0) : unknown());
            }
        }
    }

    private static boolean waits(Person person, List<JoinRequest> requests) {
        return requests.stream().anyMatch(request -> request.person().sameAs(person));
    }

    /** Somebody under all names that the list of requests gave them. */
    private Person named(Jid person) {
        return before.stream()
                .map(JoinRequest::person)
                .filter(each -> each.is(person))
                .findFirst()
                .or(() -> Person.of(Optional.of(person), Optional.empty()))
                .orElseThrow();
    }

    /** Whether somebody is in the group now; empty when nobody tells. */
    private Function<Jid, Optional<Boolean>> members(Exchange<Jid, Jid> exchange, List<Attempt<Jid, Jid>> about) {
        Outcome<KnownGroup> told = GroupQuery.of(group, state).ask(exchange, about);
        if (told instanceof Done<KnownGroup>(KnownGroup found)) {
            return person -> found.group().lists(named(person));
        }
        Membership own = Membership.of(told, state);
        boolean gone = decision == Decision.CANCEL && (own == Membership.NONE || own == Membership.NO_GROUP);
        return person -> gone ? Optional.of(false) : Optional.empty();
    }
}
