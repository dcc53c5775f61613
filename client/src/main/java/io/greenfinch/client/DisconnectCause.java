package io.greenfinch.client;

import java.util.Locale;

/** Why a connection ended, or could not be made (specification §9). */
public enum DisconnectCause {
    /** Closed by us: stop, restart, or the end of a pairing attempt. */
    CLOSED_BY_US,
    /** The connection could not be made, or broke. */
    NETWORK,
    /** Nothing came in although we asked: the connection was dead (design 4.3). */
    KEEPALIVE_TIMEOUT,
    /** The server ended the stream to have us connect anew (515, 503, stream end). */
    SERVER_RESTART,
    /** The server refused the login for now (failure 500, 503, or an unknown one). */
    SERVER_ERROR,
    /** The server's certificate chain is not signed by the configured root. */
    CERTIFICATE,
    /** Bytes that are not the protocol. */
    PROTOCOL,
    /** The state could not be stored; the session was loaded anew. */
    STORE,
    /** The device was unlinked (401, device_removed). Credentials are gone. */
    UNLINKED,
    /** The same device connected elsewhere (conflict replaced). Tried again slowly. */
    REPLACED,
    /** Temporarily banned (402). */
    SUSPENDED,
    /** Banned or locked (403, 406). */
    BLOCKED,
    /** Our client version is no longer accepted (405). Tried again slowly. */
    CLIENT_OUTDATED,
    /** All QR refs were used up without a scan. */
    QR_EXPIRED;

    /** Its word for programs: small letters and hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
