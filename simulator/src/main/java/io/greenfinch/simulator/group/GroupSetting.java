package io.greenfinch.simulator.group;

/** A setting of a group in its new state (specification §16.6). */
public sealed interface GroupSetting {

    /** Only admins may edit subject and description, or everybody may. */
    record Locked(boolean on) implements GroupSetting {}

    /** Only admins may send, or everybody may. */
    record Announcement(boolean on) implements GroupSetting {}

    /** Messages disappear after {@code seconds}; 0 for never. */
    record Ephemeral(long seconds) implements GroupSetting {}

    /** Only admins may add members, or everybody may. */
    record AdminsAdd(boolean on) implements GroupSetting {}

    /** All members may have the invite link, or only admins. */
    record MembersLink(boolean on) implements GroupSetting {}

    /** Admins decide who comes in by link, and whom others than admins want to add. */
    record Approval(boolean on) implements GroupSetting {}
}
