package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.OptionalLong;

/** What a code in the answer to a leave means (design §5, specification §17.1). */
enum Verdict {
    /** No error: we are out. */
    LEFT,
    NOT_A_MEMBER,
    GROUP_NOT_FOUND,
    NOT_ALLOWED,
    LOCKED,
    /** Too many requests: nothing was done; wait and ask again. */
    WAIT,
    /** The stanza did not go out although there is time left: the link went down just then. */
    NOT_SENT,
    /** Refused, and only a query tells whether because we are not a member. */
    QUERY_REASON,
    /** Nobody knows what was done: only a query tells. */
    QUERY_OUTCOME;

    /** The verdict for an error code. */
    static Verdict of(int code) {
        return switch (code) {
            case 200 -> LEFT;
            case 401 -> QUERY_REASON;
            case 403 -> NOT_A_MEMBER;
            case 404, 410 -> GROUP_NOT_FOUND;
            case 423 -> LOCKED;
            case 429 -> WAIT;
            default -> code >= 400 && code <= 499 ? NOT_ALLOWED : QUERY_OUTCOME;
        };
    }

    /** The verdict on one group inside a result; a group that is not in it has none. */
    static Verdict of(Answer.Result result, Jid group) {
        for (Node leave : result.iq().children("leave")) {
            for (Node element : leave.children()) {
                String id = switch (element.tag()) {
                    case "group" -> "id";
                    case "linked_groups" -> "parent_group_jid";
                    default -> "";
                };
                if (GroupParser.groupId(element, id).filter(group::equals).isPresent()) {
                    return ofElement(element);
                }
            }
        }
        return QUERY_OUTCOME;
    }

    private static Verdict ofElement(Node element) {
        if (!element.has("error")) {
            return LEFT;
        }
        OptionalLong code = element.number("error");
        return code.isPresent() ? of(Answer.code(element, "error")) : QUERY_OUTCOME;
    }
}
