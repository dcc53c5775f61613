package io.greenfinch.client;

import java.util.Locale;

/** Why a connection ended, or could not be made (specification §9). */
public enum DisconnectCause {
    /** Closed by us: stop, restart, or the end of a pairing attempt. */
    CLOSED_BY_US,
    /** The connection could not be made, or broke, for no reason among the following. */
    NETWORK,
    /** Nobody listens at the server's address, or a firewall says so. */
    CONNECTION_REFUSED,
    /** The server's name leads to no address. */
    UNKNOWN_HOST,
    /** The TLS certificate is not the server's, or nobody whom we trust vouches for it. */
    UNTRUSTED_CERTIFICATE,
    /** Something answers that is not the chat server: a proxy, or the login page of a network. */
    CAPTIVE_PORTAL,
    /** Nothing answers. */
    NO_ANSWER,
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
    /** Another owner has taken over the instance: this session has ended for good (design 4.4). */
    OWNER_CHANGED,
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
    /** The server refused the login, and not for now (400, 409, 411, 415, 418, 501). Tried again slowly. */
    LOGIN_REFUSED,
    /** All QR refs were used up without a scan. */
    QR_EXPIRED;

    /** Whether it is a reason why WhatsApp can't be reached from here, whoever tries. */
    public boolean unreachable() {
        return switch (this) {
            case CONNECTION_REFUSED, UNKNOWN_HOST, UNTRUSTED_CERTIFICATE, CAPTIVE_PORTAL, NO_ANSWER -> true;
            case CLOSED_BY_US,
                    NETWORK,
                    KEEPALIVE_TIMEOUT,
                    SERVER_RESTART,
                    SERVER_ERROR,
                    CERTIFICATE,
                    PROTOCOL,
                    STORE,
                    OWNER_CHANGED,
                    UNLINKED,
                    REPLACED,
                    SUSPENDED,
                    BLOCKED,
                    CLIENT_OUTDATED,
                    LOGIN_REFUSED,
                    QR_EXPIRED -> false;
        };
    }

    /** Whether another attempt to be linked may go well where one has ended with this. */
    public boolean passesWhileLinking() {
        return switch (this) {
            case NETWORK,
                    CONNECTION_REFUSED,
                    UNKNOWN_HOST,
                    UNTRUSTED_CERTIFICATE,
                    CAPTIVE_PORTAL,
                    NO_ANSWER,
                    SERVER_RESTART,
                    SERVER_ERROR,
                    QR_EXPIRED,
                    KEEPALIVE_TIMEOUT -> true;
            case CLOSED_BY_US,
                    CERTIFICATE,
                    PROTOCOL,
                    STORE,
                    OWNER_CHANGED,
                    UNLINKED,
                    REPLACED,
                    SUSPENDED,
                    BLOCKED,
                    CLIENT_OUTDATED,
                    LOGIN_REFUSED -> false;
        };
    }

    /** Its word for programs: small letters and hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
