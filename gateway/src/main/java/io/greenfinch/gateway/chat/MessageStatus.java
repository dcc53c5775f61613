package io.greenfinch.gateway.chat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How far a message that was sent has come (green-api.md §6.9, §7.1). */
public enum MessageStatus {
    PENDING("pending", 0),
    SENT("sent", 1),
    DELIVERED("delivered", 2),
    READ("read", 3),
    FAILED("failed", 4),
    NO_ACCOUNT("noAccount", 4),
    NOT_IN_GROUP("notInGroup", 4);

    private final String wire;
    private final int rank;

    MessageStatus(String wire, int rank) {
        this.wire = wire;
        this.rank = rank;
    }

    /** Its name in GREEN-API. */
    public String wire() {
        return wire;
    }

    /** Whether a message that has it will not be sent any more. */
    public boolean isFailure() {
        return rank == FAILED.rank;
    }

    /** What a message may have before this: nothing goes backwards, and only what waits can fail. */
    public Set<String> before() {
        return Arrays.stream(values())
                .filter(other -> isFailure() ? other == PENDING : other.rank < rank)
                .map(MessageStatus::wire)
                .collect(Collectors.toUnmodifiableSet());
    }
}
