package io.greenfinch.client.group;

/** What a member may do in a group. */
public enum Role {
    MEMBER,
    ADMIN,
    SUPERADMIN;

    /** True for administrators of both kinds. */
    public boolean admin() {
        return this != MEMBER;
    }
}
