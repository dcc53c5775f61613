package io.greenfinch.client.group;

/**
 * Is told what notifications say of a group while something is asked of it. Called on the session's thread; returns at once.
 */
public interface GroupWatch {

    /** We left: the echo of our request, or a leave on another device of the account. */
    default void left() {}

    /** We are in the group, in this role. */
    default void role(Role now) {}

    /** Somebody else removed us. */
    default void removed() {}

    /** We changed it, here or on another device of the account; so it is now. */
    default void changed(KnownGroup now) {}
}
