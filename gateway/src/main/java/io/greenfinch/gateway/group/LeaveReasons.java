package io.greenfinch.gateway.group;

import io.greenfinch.client.stanza.Refusal;

/** The words of {@code Greenfinch-Reason} for leaves (design §5). */
final class LeaveReasons {

    static final String LEFT_EARLIER = "left-earlier";

    private LeaveReasons() {}

    static String of(Refusal refusal) {
        return switch (refusal) {
            case NOT_A_MEMBER -> "not-a-member";
            case GROUP_NOT_FOUND -> "group-not-found";
            case LOCKED -> "locked";
            default -> "not-allowed";
        };
    }
}
