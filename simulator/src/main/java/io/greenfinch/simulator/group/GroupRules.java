package io.greenfinch.simulator.group;

import java.time.Duration;

/**
 * The numbers in the rules of groups (specification §16.3).
 *
 * @param members most members of a group
 * @param subjectLength most characters of a subject
 * @param descriptionLength most characters of a description
 * @param returnPause for how long somebody who left can't be added again, zero for not at all: whether and how long the real
 *     server does that is not known
 */
public record GroupRules(int members, int subjectLength, int descriptionLength, Duration returnPause) {

    /** WhatsApp's known limits. */
    public static GroupRules defaults() {
        return new GroupRules(1024, 100, 2048, Duration.ZERO);
    }
}
