package io.greenfinch.client.group;

/** Why something at the door of a group was not done. */
public enum DoorRefusal {
    /** We are not in the group. */
    NOT_A_MEMBER,
    GROUP_NOT_FOUND,
    /** We are in the group, but it takes an admin. */
    NOT_AN_ADMIN,
    /** Nobody may do this, or not we. */
    NOT_ALLOWED,
    /** The code was never one, or the invitation is not ours. */
    NOT_VALID,
    /** The link was reset; the invitation is over or was taken back. */
    NO_LONGER_VALID,
    ALREADY_A_MEMBER,
    /** We have asked already, and the admins have not decided. */
    AWAITS_APPROVAL,
    /** An admin has removed us: the link does not lead back. */
    REMOVED_EARLIER,
    GROUP_FULL,
    LOCKED,
    /** There is no such request, or no such invitation, or no longer. */
    NOTHING_PENDING,
    /** WhatsApp failed, twice, and all is as it was. */
    SERVER_ERROR;

    /** What a refused request to come in, or to see what is behind the door, means (specification §16.7). */
    static DoorRefusal ofEntry(int code) {
        return switch (code) {
            case 304 -> ALREADY_A_MEMBER;
            case 400, 406 -> NOT_VALID;
            case 404 -> GROUP_NOT_FOUND;
            case 405 -> REMOVED_EARLIER;
            case 409 -> AWAITS_APPROVAL;
            case 410 -> NO_LONGER_VALID;
            case 412, 419 -> GROUP_FULL;
            case 423 -> LOCKED;
            default -> NOT_ALLOWED;
        };
    }

    /** What the code beside a person means whose request or invitation it is about. */
    static DoorRefusal ofPerson(int code) {
        return switch (code) {
            case 404 -> NOTHING_PENDING;
            case 409 -> ALREADY_A_MEMBER;
            case 412, 419 -> GROUP_FULL;
            case 423 -> LOCKED;
            default -> NOT_ALLOWED;
        };
    }
}
