package io.greenfinch.gateway.instance;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.SessionStatus;
import java.time.Duration;
import java.time.Instant;

/** What getStateInstance says (green-api.md §4.3), computed from what is measured (design 4.3). */
public enum InstanceState {
    NOT_AUTHORIZED("notAuthorized"),
    AUTHORIZED("authorized"),
    BLOCKED("blocked"),
    STARTING("starting"),
    SUSPENDED("suspended");

    /** A connection that is away for less than this is no news to callers: their requests wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String wire;

    InstanceState(String wire) {
        this.wire = wire;
    }

    /** Its name in GREEN-API. */
    public String wire() {
        return wire;
    }

    /** The state of a session with this status at {@code now}. */
    public static InstanceState of(SessionStatus status, Instant now) {
        return switch (status.phase()) {
            case UNLINKED, PAIRING, PASSKEY_REQUIRED -> NOT_AUTHORIZED;
            case ONLINE -> AUTHORIZED;
            case CONNECTING, RECONNECTING ->
                Duration.between(status.since(), now).compareTo(PATIENCE) < 0 ? AUTHORIZED : STARTING;
            case REFUSED ->
                status.lastDisconnect()
                        .map(disconnect -> refused(disconnect.cause()))
                        .orElse(STARTING);
            case CLOSED -> closed(status);
        };
    }

    /** A gateway that stops passes; an instance that somebody else has does not come back by itself. */
    private static InstanceState closed(SessionStatus status) {
        boolean taken = status.lastDisconnect()
                .filter(disconnect -> disconnect.cause() == DisconnectCause.OWNER_CHANGED)
                .isPresent();
        return taken ? NOT_AUTHORIZED : STARTING;
    }

    private static InstanceState refused(DisconnectCause cause) {
        return switch (cause) {
            case SUSPENDED -> InstanceState.SUSPENDED;
            case BLOCKED -> InstanceState.BLOCKED;
            case UNLINKED, OWNER_CHANGED -> NOT_AUTHORIZED;
            case CLOSED_BY_US,
                    NETWORK,
                    CONNECTION_REFUSED,
                    UNKNOWN_HOST,
                    UNTRUSTED_CERTIFICATE,
                    CAPTIVE_PORTAL,
                    NO_ANSWER,
                    KEEPALIVE_TIMEOUT,
                    SERVER_RESTART,
                    SERVER_ERROR,
                    CERTIFICATE,
                    PROTOCOL,
                    STORE,
                    REPLACED,
                    CLIENT_OUTDATED,
                    LOGIN_REFUSED,
                    QR_EXPIRED -> STARTING;
        };
    }
}
