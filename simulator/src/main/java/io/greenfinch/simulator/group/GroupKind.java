package io.greenfinch.simulator.group;

/** What a group is within a community (specification §19). */
public enum GroupKind {
    /** An ordinary group, alone or inside a community. */
    GROUP,
    /** The parent group of a community. */
    COMMUNITY,
    /** The announcement group that every member of a community is in. */
    ANNOUNCEMENTS
}
