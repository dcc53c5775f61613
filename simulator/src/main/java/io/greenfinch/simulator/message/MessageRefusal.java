package io.greenfinch.simulator.message;

import java.util.Locale;

/** Why the service does not take a message, as its acknowledgement says it (specification §26.3). */
public enum MessageRefusal {
    BAD_REQUEST(400),
    NOT_A_MEMBER(401),
    FORBIDDEN(403),
    ITEM_NOT_FOUND(404),
    STALE_ADDRESSING_MODE(421),
    RATE_OVERLIMIT(429),
    NO_NEW_CHATS(463),
    INVALID_DEVICE(479),
    INTERNAL_SERVER_ERROR(500),
    FEATURE_NOT_IMPLEMENTED(501);

    private final int code;

    MessageRefusal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** What it is about, for example {@code stale-addressing-mode}; it is not on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
