package io.greenfinch.client.group;

import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Outcome.AddRequest;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;

/**
 * What the answer to a change means (specification §16.5, §16.6, §26.1). About people, nothing but the element of that very
 * person counts.
 */
final class ChangeAnswers {

    private ChangeAnswers() {}

    /**
     * What a result says.
     *
     * @param asked about how many people the request was
     */
    static Verdict<GroupChange> result(GroupChange change, int asked, Node result) {
        return change instanceof GroupChange.Member member ? ofPerson(result, asked, member) : Verdict.done(change);
    }

    static Verdict<GroupChange> refused(GroupChange change, Answer.Refused error) {
        int code = error.code();
        return switch (code) {
            case 401, 403 -> new Verdict.Explain<>(code);
            case 404, 410 -> Verdict.refused(Refusal.GROUP_NOT_FOUND, code);
            case 409 ->
                change instanceof GroupChange.Description
                        ? new Verdict.Verify<>(code) // not that it is so already, but that others have changed it
                        : Verdict.refused(Refusal.UNCHANGED, code);
            case 304 -> Verdict.refused(Refusal.UNCHANGED, code);
            case 400, 406, 413 -> Verdict.refused(Refusal.NOT_ACCEPTABLE, code);
            case 412, 419 -> Verdict.refused(Refusal.GROUP_FULL, code);
            case 423 -> Verdict.refused(Refusal.LOCKED, code);
            case 429 -> Verdict.limited(error.backoff());
            default -> otherwise(code);
        };
    }

    private static Verdict<GroupChange> otherwise(int code) {
        return code >= 400 && code <= 499 ? Verdict.refused(Refusal.NOT_ALLOWED, code) : new Verdict.Verify<>(code);
    }

    private static Verdict<GroupChange> ofPerson(Node result, int asked, GroupChange.Member change) {
        List<Node> people = result.child(change.tag())
                .map(element -> element.children("participant"))
                .orElse(List.of());
        Optional<Node> about = GroupAnswers.about(change.person(), asked, people);
        if (about.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        boolean error = about.get().has("error");
        int code = error ? Answer.code(about.get(), "error") : 200;
        return code == 0 ? new Verdict.Verify<>(0) : ofCode(change, code, about.get());
    }

    private static Verdict<GroupChange> ofCode(GroupChange.Member change, int code, Node participant) {
        Action action = change.action();
        boolean adding = action == Action.ADD;
        if (code == 200 || code == 202) {
            boolean waits = code == 202
                    || participant.child("membership_approval_request").isPresent();
            return waits ? Verdict.refused(Refusal.AWAITS_APPROVAL, code) : Verdict.done(change);
        }
        return switch (code) {
            case 401 -> Verdict.refused(adding ? Refusal.BLOCKED : Refusal.NOT_ALLOWED, code);
            case 403 ->
                adding
                        ? new Verdict.Certain<>(new Refused<>(Refusal.PRIVACY, code, invitation(participant)))
                        : Verdict.refused(Refusal.NOT_ALLOWED, code);
            case 404 ->
                Verdict.refused(
                        switch (action) {
                            case ADD -> Refusal.NOT_ON_WHATSAPP;
                            case REMOVE -> Refusal.UNCHANGED;
                            case PROMOTE, DEMOTE -> Refusal.NOT_A_PARTICIPANT;
                        },
                        code);
            case 408 -> Verdict.refused(adding ? Refusal.LEFT_RECENTLY : Refusal.NOT_ALLOWED, code);
            case 409 -> Verdict.refused(Refusal.UNCHANGED, code);
            case 412, 419 -> Verdict.refused(adding ? Refusal.GROUP_FULL : Refusal.TOO_MANY_ADMINS, code);
            case 423 -> Verdict.refused(Refusal.LOCKED, code);
            case 429 -> Verdict.limited(Optional.empty());
            default -> otherwise(code);
        };
    }

    private static Optional<AddRequest> invitation(Node participant) {
        return participant
                .child("add_request")
                .flatMap(request -> request.attribute("code")
                        .flatMap(code ->
                                StanzaTime.of(request, "expiration").map(expires -> new AddRequest(code, expires))));
    }
}
