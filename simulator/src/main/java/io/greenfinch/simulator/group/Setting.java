package io.greenfinch.simulator.group;

/** A setting of a group in its new state (specification §16.6). */
public sealed interface Setting {

    /** Only admins may edit subject and description, or everybody may. */
    record Locked(boolean on) implements Setting {}

    /** Only admins may send, or everybody may. */
    record Announcement(boolean on) implements Setting {}

    /** Messages disappear after {@code seconds}; 0 for never. */
    record Ephemeral(long seconds) implements Setting {}

    /** Only admins may add members, or everybody may. */
    record AdminsAdd(boolean on) implements Setting {}

    /** All members may have the invite link, or only admins. */
    record MembersLink(boolean on) implements Setting {}

    /** Admins decide who comes in by link, and whom others than admins want to add. */
    record Approval(boolean on) implements Setting {}
}
