package io.greenfinch.client.group;

import java.util.List;

/** What became of the wish to create a group (specification §16.3). */
public sealed interface CreateOutcome {

    /**
     * The group exists.
     *
     * @param refused those who could not be added, with the code of each
     */
    record Created(Group group, List<RefusedParticipant> refused) implements CreateOutcome {}

    /** WhatsApp refused; no group was made. */
    record Refused(int code, String text) implements CreateOutcome {}

    /** Nothing is certain. */
    record NoAnswer(Silence why) implements CreateOutcome {}

    /**
     * Somebody who is not in the new group.
     *
     * @param code WhatsApp's; 0 when its answer was lost
     */
    record RefusedParticipant(Person person, int code) {}
}
