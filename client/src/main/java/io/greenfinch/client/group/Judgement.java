package io.greenfinch.client.group;

import io.greenfinch.client.group.ChangeOutcome.Invitation;
import io.greenfinch.client.group.ChangeOutcome.NotDone;
import io.greenfinch.client.group.ChangeOutcome.Refusal;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the answer to a change means (specification §16.5, §16.6, §26.1). About people, nothing but the element of that very
 * person counts.
 */
sealed interface Judgement {

    /** This is what became of it. */
    record Certain(ChangeOutcome outcome) implements Judgement {}

    /** Too many requests: nothing was done; wait and ask again. */
    record Wait(Optional<Duration> backoff) implements Judgement {}

    /** Refused for want of rights, and only a query tells which. */
    record AskReason(int code) implements Judgement {}

    /**
     * Nobody knows what was done: only a query tells.
     *
     * @param code of WhatsApp's own failure; 0 when there was no answer that can be understood
     */
    record AskOutcome(int code) implements Judgement {}

    /** It did not go out. */
    record NotSent() implements Judgement {}

    /** Judges an answer. */
    static Judgement of(Answer answer, GroupChange change) {
        return switch (answer) {
            case Answer.Result result ->
                change instanceof GroupChange.Member member ? ofPerson(result.iq(), member) : done();
            case Answer.Refused refused
            when refused.code() == 409 && change instanceof GroupChange.Description ->
                new AskOutcome(409); // not that it is so already, but that others have changed it
            case Answer.Refused refused -> ofRequest(refused);
            case Answer.Lost lost -> new AskOutcome(0);
            case Answer.Unanswered none -> new AskOutcome(0);
            case Answer.NotSent none -> new NotSent();
            case Answer.NotLinked none -> new Certain(new ChangeOutcome.NoAnswer(Silence.NOT_LINKED));
        };
    }

    private static Judgement ofRequest(Answer.Refused refused) {
        int code = refused.code();
        return switch (code) {
            case 401, 403 -> new AskReason(code);
            case 404, 410 -> not(Refusal.GROUP_NOT_FOUND, code);
            case 304, 409 -> not(Refusal.UNCHANGED, code);
            case 400, 406, 413 -> not(Refusal.NOT_ACCEPTABLE, code);
            case 412, 419 -> not(Refusal.GROUP_FULL, code);
            case 423 -> not(Refusal.LOCKED, code);
            case 429 -> new Wait(refused.backoff());
            default -> code >= 400 && code <= 499 ? not(Refusal.NOT_ALLOWED, code) : new AskOutcome(code);
        };
    }

    private static Judgement ofPerson(Node iq, GroupChange.Member change) {
        List<Node> people = iq.child(change.tag())
                .map(element -> element.children("participant"))
                .orElse(List.of());
        Optional<Node> about = GroupAnswers.about(change.person(), 1, people);
        if (about.isEmpty()) {
            return new AskOutcome(0);
        }
        boolean error = about.get().has("error");
        int code = error ? Answer.code(about.get(), "error") : 200;
        return code == 0 ? new AskOutcome(0) : ofCode(change.action(), code, about.get());
    }

    private static Judgement ofCode(Action action, int code, Node participant) {
        boolean adding = action == Action.ADD;
        if (code == 200 || code == 202) {
            boolean waits = code == 202
                    || participant.child("membership_approval_request").isPresent();
            return waits ? not(Refusal.AWAITS_APPROVAL, code) : done();
        }
        return switch (code) {
            case 401 -> not(adding ? Refusal.BLOCKED : Refusal.NOT_ALLOWED, code);
            case 403 ->
                adding
                        ? new Certain(new NotDone(Refusal.PRIVACY, code, invitation(participant)))
                        : not(Refusal.NOT_ALLOWED, code);
            case 404 ->
                not(
                        switch (action) {
                            case ADD -> Refusal.NOT_ON_WHATSAPP;
                            case REMOVE -> Refusal.UNCHANGED;
                            case PROMOTE, DEMOTE -> Refusal.NOT_A_PARTICIPANT;
                        },
                        code);
            case 408 -> not(adding ? Refusal.LEFT_RECENTLY : Refusal.NOT_ALLOWED, code);
            case 409 -> not(Refusal.UNCHANGED, code);
            case 412, 419 -> not(adding ? Refusal.GROUP_FULL : Refusal.TOO_MANY_ADMINS, code);
            case 423 -> not(Refusal.LOCKED, code);
            case 429 -> new Wait(Optional.empty());
            default -> code >= 400 && code <= 499 ? not(Refusal.NOT_ALLOWED, code) : new AskOutcome(code);
        };
    }

    private static Optional<Invitation> invitation(Node participant) {
        return participant
                .child("add_request")
                .flatMap(request -> request.attribute("code")
                        .flatMap(code ->
                                StanzaTime.of(request, "expiration").map(expires -> new Invitation(code, expires))));
    }

    private static Judgement done() {
        return new Certain(new ChangeOutcome.Done());
    }

    private static Judgement not(Refusal reason, int code) {
        return new Certain(new NotDone(reason, code));
    }
}
