package io.greenfinch.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What is true of a session at one moment. Measured, not believed: {@code ONLINE} means that frames came in within the
 * last 25 seconds (design 4.3).
 *
 * @param phase where the session stands
 * @param since when it entered this phase, by the client's clock: only the time that has passed since is true
 * @param account the linked account; empty while not linked
 * @param lastDisconnect why the last connection ended; empty when there was none
 */
public record SessionStatus(
        Phase phase, Instant since, Optional<Account> account, Optional<Disconnect> lastDisconnect) {

    /** The end of a connection. */
    public record Disconnect(DisconnectCause cause, Instant at, Optional<Instant> until) {}

    /** Where a session stands. */
    public enum Phase {
        /** Linked to no account, and not trying. */
        UNLINKED,
        /** Connected without credentials, waiting for a scan. */
        PAIRING,
        /** The same, but WhatsApp demands a passkey now; {@link AccountLink#pairingCode} has its options. */
        PASSKEY_REQUIRED,
        /** Linked; the first connection since the start is being made. */
        CONNECTING,
        /** Linked and logged in. */
        ONLINE,
        /** Linked; the connection was lost {@code since} and is being made anew. */
        RECONNECTING,
        /**
         * Linked, but the server refuses us for a while or for good: {@code lastDisconnect} says why. It stays so, whatever
         * becomes of further attempts, until the server accepts us or gives another reason.
         */
        REFUSED,
        /** Closed by the host. */
        CLOSED
    }

    public boolean linked() {
        return account.isPresent();
    }

    public boolean online() {
        return phase == Phase.ONLINE;
    }
}
