package io.greenfinch.simulator.group;

import java.util.Optional;

/** What a member is in its group. */
public enum MemberRole {
    MEMBER(""),
    ADMIN("admin"),
    /** Who created the group; can't be removed or demoted by others. */
    SUPER_ADMIN("superadmin");

    private final String text;

    MemberRole(String text) {
        this.text = text;
    }

    /** The value of {@code type} in stanzas; plain members have none. */
    public Optional<String> text() {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    public boolean admin() {
        return this != MEMBER;
    }
}
