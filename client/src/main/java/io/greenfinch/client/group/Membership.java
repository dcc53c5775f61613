package io.greenfinch.client.group;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;

/** What we are in a group, as a {@link GroupQuery} tells. */
enum Membership {
    ADMIN,
    MEMBER,
    NONE,
    NO_GROUP,
    /** WhatsApp does not say, or not to the end. */
    UNDISCLOSED,
    /** There was no answer. */
    UNHEARD;

    static Membership of(Outcome<KnownGroup> told, GroupState state) {
        return switch (told) {
            case Outcome.Done<KnownGroup>(KnownGroup found) ->
                state.ownRole(found)
                        .map(role -> role.admin() ? ADMIN : MEMBER)
                        .orElse(state.excludesUs(found) ? NONE : UNDISCLOSED);
            case Outcome.Refused<KnownGroup> refused when refused.reason() == Refusal.NOT_A_MEMBER -> NONE;
            case Outcome.Refused<KnownGroup> refused when refused.reason() == Refusal.GROUP_NOT_FOUND -> NO_GROUP;
            case Outcome.Refused<KnownGroup> refused -> UNDISCLOSED;
            case Outcome.Unknown<KnownGroup> unknown -> UNHEARD;
        };
    }

    boolean inside() {
        return this == ADMIN || this == MEMBER;
    }

    /** Why somebody with this membership was refused for want of rights. Not knowing it does not make that unknown. */
    Refusal whyNot() {
        return switch (this) {
            case MEMBER -> Refusal.NOT_AN_ADMIN;
            case NONE -> Refusal.NOT_A_MEMBER;
            case NO_GROUP -> Refusal.GROUP_NOT_FOUND;
            case ADMIN, UNDISCLOSED, UNHEARD -> Refusal.NOT_ALLOWED;
        };
    }
}
