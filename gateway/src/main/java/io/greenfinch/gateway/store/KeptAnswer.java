package io.greenfinch.gateway.store;

import java.util.Optional;

/**
 * An answer that is kept for callers who repeat a request; or, as long as there is none, what the request was about to do.
 *
 * @param requestDigest what the request's body is known by
 * @param reason its {@code Greenfinch-Reason}
 */
public record KeptAnswer(byte[] requestDigest, int status, Optional<String> reason, byte[] body) {

    private static final int NONE_YET = 0;

    /** What a request was about to do that has no answer yet. */
    public static KeptAnswer intent(byte[] requestDigest, byte[] intent) {
        return new KeptAnswer(requestDigest, NONE_YET, Optional.empty(), intent);
    }

    /** Whether there is an answer, and not just the intent. */
    public boolean answered() {
        return status != NONE_YET;
    }
}
