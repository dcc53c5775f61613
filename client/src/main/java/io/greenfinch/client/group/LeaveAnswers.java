package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.Optional;

/** What the answer to a leave says of one group (design §5, specification §17.1). */
final class LeaveAnswers {

    private LeaveAnswers() {}

    /** What a result says; of a group that is not in it nothing is known. */
    static Verdict<Departed> inResult(Node result, Departure departure) {
        for (Node leave : result.children("leave")) {
            for (Node element : leave.children()) {
                String id = switch (element.tag()) {
                    case "group" -> "id";
                    case "linked_groups" -> "parent_group_jid";
                    default -> "";
                };
                if (GroupParser.groupId(element, id)
                        .filter(departure.group::equals)
                        .isPresent()) {
                    int code = element.has("error") ? Answer.code(element, "error") : 200;
                    return code == 200
                            ? Verdict.done(new Departed(departure.wasAdmin(), false))
                            : ofCode(code, Optional.empty());
                }
            }
        }
        return new Verdict.Verify<>(0);
    }

    /** True of what is also said to somebody who is not in the group. */
    static boolean saysOutside(int code) {
        return code == 401 || code == 403 || code == 404 || code == 410;
    }

    /** What a code other than that of success means. */
    static Verdict<Departed> ofCode(int code, Optional<Duration> backoff) {
        return switch (code) {
            case 401 -> new Verdict.Explain<>(code);
            case 403 -> Verdict.refused(Refusal.NOT_A_MEMBER, code);
            case 404, 410 -> Verdict.refused(Refusal.GROUP_NOT_FOUND, code);
            case 423 -> Verdict.refused(Refusal.LOCKED, code);
            case 429 -> Verdict.limited(backoff);
            default ->
                code >= 400 && code <= 499 ? Verdict.refused(Refusal.NOT_ALLOWED, code) : new Verdict.Verify<>(code);
        };
    }
}
