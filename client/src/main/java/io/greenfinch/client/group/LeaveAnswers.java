package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the answers to one session's leaves say of each group (design §5, specification §17.1). */
final class LeaveAnswers {

    private static final int DONE = 200;

    /** The last result, as long as it is being asked about. On the session's thread. */
    private WeakReference<Read> latest = new WeakReference<>(null);

    private record Read(Node result, Map<Jid, Integer> codes) {}

    /** The code that a result gives each group, read once for all that one stanza was about. */
    @SuppressWarnings("ReferenceEquality") // one stanza, asked about for each group that it answers
    private Map<Jid, Integer> codes(Node result) {
        Read known = latest.get();
        if (known == null || known.result != result) {
            known = new Read(result, read(result));
            latest = new WeakReference<>(known);
        }
        return known.codes;
    }

    private static Map<Jid, Integer> read(Node result) {
        Map<Jid, Integer> codes = new HashMap<>();
        for (Node leave : result.children("leave")) {
            for (Node element : leave.children()) {
                String id = switch (element.tag()) {
                    case "group" -> "id";
                    case "linked_groups" -> "parent_group_jid";
                    default -> "";
                };
                int code = element.has("error") ? Answer.code(element, "error") : DONE;
                GroupParser.groupId(element, id).ifPresent(group -> codes.putIfAbsent(group, code));
            }
        }
        return codes;
    }

    /** What a result says; of a group that is not in it nothing is known. */
    Verdict<Departed> inResult(Node result, Departure departure) {
        Integer code = codes(result).get(departure.group);
        if (code == null) {
            return new Verdict.Verify<>(0);
        }
        return code == DONE ? Verdict.done(new Departed(departure.wasAdmin(), false)) : ofCode(code, Optional.empty());
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
