package io.greenfinch.client.group;

/** What notifications tell of our membership while we are leaving. Written by the session's thread, read by any. */
public final class Watch {

    private volatile boolean left;
    private volatile boolean removed;

    /** We left: the echo of our stanza, or a leave on another device of the account. */
    public void sawLeave() {
        left = true;
    }

    /** Somebody else removed us. */
    public void sawRemoval() {
        removed = true;
    }

    boolean left() {
        return left;
    }

    boolean removed() {
        return removed;
    }
}
