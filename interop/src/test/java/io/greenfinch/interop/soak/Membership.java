package io.greenfinch.interop.soak;

import io.greenfinch.interop.service.Subject;
import java.time.Duration;
import java.time.Instant;

/** One of our accounts in one group: whether it is in, and as what. */
final class Membership extends Aspect {

    /** How long the news of a changed role may be on its way. */
    private static final Duration NEWS = Duration.ofSeconds(5);

    final Subject subject;
    final String group;
    private Instant roleChanged = Instant.MIN;
    private boolean untold;

    Membership(Subject subject, String group) {
        this.subject = subject;
        this.group = group;
    }

    @Override
    public void unknown() {
        super.unknown();
        untold = true;
    }

    /** The caller was told for certain. */
    void told() {
        untold = false;
    }

    /** Somebody else put the account in or took it out: earlier leaves do not matter any more. */
    void changedByOthers() {
        untold = false;
        roleChanged = Instant.now();
    }

    void roleChanged() {
        roleChanged = Instant.now();
    }

    /** Whether an earlier leave ended without an answer, so that "left earlier" may be the truth. */
    boolean untold() {
        return untold;
    }

    /** Whether the role may differ from what the gateway was told of it. */
    boolean roleInMotion() {
        return Instant.now().isBefore(later(roleChanged, NEWS));
    }
}
