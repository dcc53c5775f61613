package io.greenfinch.client.stanza;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads why the server ends a stream (specification §9.2, §9.3). */
public final class Disconnects {

    /**
     * An end.
     *
     * @param until when it may be over; empty when the server does not tell
     */
    public record End(DisconnectCause cause, Optional<Instant> until) {
        public End(DisconnectCause cause) {
            this(cause, Optional.empty());
        }
    }

    private Disconnects() {}

    /** The meaning of a stanza with which a server ends a connection. */
    public static End of(Node stanza, Instant now) {
        return switch (stanza.tag()) {
            case "failure" -> ofFailure(stanza, now);
            case "stream:error" -> ofStreamError(stanza);
            default -> new End(DisconnectCause.SERVER_RESTART);
        };
    }

    /** The meaning of {@code <failure>}. Only 401 says that we are unlinked; codes nobody knows are no reason to forget. */
    public static End ofFailure(Node failure, Instant now) {
        return switch (Answer.code(failure, "reason")) {
            case 401 -> new End(DisconnectCause.UNLINKED);
            case 402 -> new End(DisconnectCause.SUSPENDED, expiry(failure, now));
            case 403, 406 -> new End(DisconnectCause.BLOCKED);
            case 405 -> new End(DisconnectCause.CLIENT_OUTDATED);
            case 400, 409, 411, 415, 418, 501 -> new End(DisconnectCause.LOGIN_REFUSED);
            default -> new End(DisconnectCause.SERVER_ERROR);
        };
    }

    /**
     * The meaning of {@code <stream:error>}. A 401 without the word that the device was removed is not believed: the next
     * login will tell.
     */
    public static End ofStreamError(Node error) {
        Optional<Node> conflict = error.child("conflict");
        if (conflict.isPresent()) {
            boolean removed = conflict.get().is("type", "device_removed");
            return new End(removed ? DisconnectCause.UNLINKED : DisconnectCause.REPLACED);
        }
        return switch (Answer.code(error, "code")) {
            case 503, 515 -> new End(DisconnectCause.SERVER_RESTART);
            case 0 -> new End(DisconnectCause.PROTOCOL);
            default -> new End(DisconnectCause.SERVER_ERROR);
        };
    }

    private static Optional<Instant> expiry(Node failure, Instant now) {
        OptionalLong seconds = failure.number("expire");
        return seconds.isPresent()
                ? Optional.of(now.plusSeconds(Math.min(seconds.getAsLong(), 10L * 365 * 86_400)))
                : Optional.empty();
    }
}
