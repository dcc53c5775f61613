package io.greenfinch.simulator.group;

import java.util.Locale;

/** Why the server says no, as it says it (specification §26.1). */
public enum ServiceRefusal {
    /** Not done yet: admins are to decide. Whether the real server says it with this code is not known. */
    AWAITS_APPROVAL(202),
    NOT_MODIFIED(304),
    BAD_REQUEST(400),
    NOT_AUTHORIZED(401),
    FORBIDDEN(403),
    ITEM_NOT_FOUND(404),
    NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    CONFLICT(409),
    GONE(410),
    RESOURCE_LIMIT(419),
    RATE_OVERLIMIT(429),
    INTERNAL_SERVER_ERROR(500),
    FEATURE_NOT_IMPLEMENTED(501);

    private final int code;

    ServiceRefusal(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The text that goes with the code, for example {@code item-not-found}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
