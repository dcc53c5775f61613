package io.greenfinch.client.stanza;

/** Why WhatsApp did not do something, or did not tell it. */
public enum Refusal {
    /** We are not in the group. */
    NOT_A_MEMBER,
    GROUP_NOT_FOUND,
    /** It is a group, and no community. */
    NOT_A_COMMUNITY,
    /** The group belongs to another community. */
    LINKED_ELSEWHERE,
    /** We are in the group, but it takes an admin. */
    NOT_AN_ADMIN,
    /** Nobody may do this, or not we, or not to this person. */
    NOT_ALLOWED,
    /** The value is nothing that WhatsApp takes. */
    NOT_ACCEPTABLE,
    LOCKED,
    /** It is so already: the person is in the group, out of it, an admin, or none. */
    UNCHANGED,
    /** Who was to be made or unmade an admin is not in the group. */
    NOT_A_PARTICIPANT,
    /** Nobody has this number, or WhatsApp does not tell. */
    NOT_ON_WHATSAPP,
    /** The person has blocked us. */
    BLOCKED,
    /** The person's privacy settings. */
    PRIVACY,
    LEFT_RECENTLY,
    GROUP_FULL,
    TOO_MANY_ADMINS,
    /** An admin has to approve first; or we have asked already, and none has decided. */
    AWAITS_APPROVAL,
    /** The code was never one, or the invitation is not ours. */
    NOT_VALID,
    /** The link was reset; the invitation is over or was taken back. */
    NO_LONGER_VALID,
    ALREADY_A_MEMBER,
    /** An admin has removed us: the link does not lead back. */
    REMOVED_EARLIER,
    /** There is no such request, or no such invitation, or no longer. */
    NOTHING_PENDING,
    /** It does not take these bytes for a picture. */
    BAD_PICTURE,
    /** There is no picture, or nobody who could have one. */
    NO_PICTURE,
    /** It is not for us to see. */
    HIDDEN,
    /** The file is no more where it was stored, and nobody stores it again. */
    GONE,
    /** What is stored is not the file that the message tells of. */
    DAMAGED,
    TOO_LARGE,
    /** WhatsApp failed, twice, and all is as it was. */
    SERVER_ERROR,
    /** The code is all that is told. */
    OTHER
}
