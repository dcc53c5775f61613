package io.greenfinch.client.group;

import java.time.Instant;
import java.util.Optional;

/** What became of the wish to change a group. Only what WhatsApp itself confirmed counts. */
public sealed interface ChangeOutcome {

    /** The group is as wished, and was not before as far as we knew. */
    record Done() implements ChangeOutcome {}

    /**
     * Confirmed by WhatsApp: it was not done.
     *
     * @param code WhatsApp's; 0 when a query and not a refusal told
     * @param invitation with which the person may be invited instead, where that is so
     */
    record NotDone(Refusal reason, int code, Optional<Invitation> invitation) implements ChangeOutcome {
        public NotDone(Refusal reason, int code) {
            this(reason, code, Optional.empty());
        }
    }

    /** Nothing is certain. */
    record NoAnswer(Silence why) implements ChangeOutcome {}

    /** The right to invite somebody whose privacy settings keep others from adding them (specification §16.5). */
    record Invitation(String code, Instant expires) {

        /** The code opens the group to who has it. */
        @Override
        public String toString() {
            return "Invitation[expires=" + expires + "]";
        }
    }

    /** Why a group was not changed. */
    enum Refusal {
        /** We are not in the group. */
        NOT_A_MEMBER,
        GROUP_NOT_FOUND,
        /** We are in the group, but it takes an admin. */
        NOT_AN_ADMIN,
        /** Nobody may do this, or not to this person. */
        NOT_ALLOWED,
        /** The value is nothing that WhatsApp takes. */
        NOT_ACCEPTABLE,
        LOCKED,
        /** It is so already: the person is in the group, out of it, an admin, or none. */
        UNCHANGED,
        /** Who was to be made or unmade an admin is not in the group. */
        NOT_A_PARTICIPANT,
        NOT_ON_WHATSAPP,
        /** The person has blocked us. */
        BLOCKED,
        /** The person's privacy settings. */
        PRIVACY,
        LEFT_RECENTLY,
        GROUP_FULL,
        TOO_MANY_ADMINS,
        /** An admin has to approve first. */
        AWAITS_APPROVAL,
        /** WhatsApp failed, twice, and the group is as it was. */
        SERVER_ERROR
    }
}
