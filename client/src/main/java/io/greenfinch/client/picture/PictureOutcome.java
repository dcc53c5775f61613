package io.greenfinch.client.picture;

import io.greenfinch.client.group.Silence;

/** What became of the wish to change a picture (specification §16.6, §25). */
public sealed interface PictureOutcome {

    /** WhatsApp confirmed the new picture, and this is its id. */
    record Set(String id) implements PictureOutcome {}

    /** There is no picture any more. */
    record Removed() implements PictureOutcome {}

    /** WhatsApp refused, and nothing was changed; {@code code} is the number it gave. */
    record Refused(Reason reason, int code) implements PictureOutcome {}

    /** Nothing is certain. */
    record NoAnswer(Silence why) implements PictureOutcome {}

    /** Why WhatsApp refused. */
    enum Reason {
        NOT_A_MEMBER,
        GROUP_NOT_FOUND,
        /** We are in the group, but it takes an admin. */
        NOT_AN_ADMIN,
        /** Nobody may do this. */
        NOT_ALLOWED,
        LOCKED,
        /** It does not take these bytes for a picture. */
        BAD_PICTURE,
        OTHER
    }
}
