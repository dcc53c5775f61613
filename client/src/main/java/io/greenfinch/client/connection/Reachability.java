package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator that WhatsApp can't be reached, and why: in one line at once, however many sessions try and however
 * often, and in one more when it can be reached again. Thread-safe.
 */
final class Reachability {

    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    /** Where some sessions get through and others don't, a cause is not told more often. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final String server;
    private final Clock clock;
    private final Map<DisconnectCause, Instant> told = new EnumMap<>(DisconnectCause.class);
    private @Nullable DisconnectCause present;

    Reachability(URI url, Clock clock) {
        server = url.getAuthority();
        this.clock = clock;
    }

    /** A connection could not be made for a {@link DisconnectCause#unreachable} cause. */
    synchronized void failed(DisconnectCause cause, String why) {
        Instant now = clock.instant();
        Instant last = told.get(cause);
        if (cause != present && (last == null || !now.isBefore(last.plus(REST)))) {
            present = cause;
            told.put(cause, now);
            log.warn("WhatsApp can't be reached: {}; trying again ({})", sentence(cause), why);
        }
    }

    /** A server has proved who it is. */
    synchronized void reached() {
        if (present != null) {
            present = null;
            log.info("WhatsApp can be reached again");
        }
    }

    private String sentence(DisconnectCause cause) {
        return switch (cause) {
            case CONNECTION_REFUSED -> server + " refuses connections";
            case UNKNOWN_HOST -> "the name of " + server + " leads to no address, look at DNS";
            case UNTRUSTED_CERTIFICATE -> "the certificate of " + server + " is not to be trusted";
            case CAPTIVE_PORTAL -> "at " + server + " something else answers, such as a proxy or a login page";
            case NO_ANSWER -> server + " does not answer";
            default -> throw new IllegalArgumentException(cause + " does not keep anybody from WhatsApp");
        };
    }
}
