package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.websocket.api.exceptions.UpgradeException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be made, as far as what was thrown tells.
 *
 * @param why for the log: holds nothing that the other side could have written, but for one line's worth of it
 */
record DialFailure(DisconnectCause cause, String why) {

    private static final int LONGEST = 200;

    private static final int SERVER_ERRORS = 500;

    /** Never fails: what nobody knows is {@link DisconnectCause#NETWORK}. */
    static DialFailure of(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            DialFailure known = known(each);
            if (known != null) {
                return known;
            }
        }
        return new DialFailure(DisconnectCause.NETWORK, text(thrown));
    }

    private static @Nullable DialFailure known(Throwable thrown) {
        return switch (thrown) {
            case UpgradeException refused
            when refused.getResponseStatusCode() > 0 -> ofStatus(refused.getResponseStatusCode());
            case UnknownHostException unknown -> new DialFailure(DisconnectCause.UNKNOWN_HOST, text(unknown));
            case UnresolvedAddressException unknown -> new DialFailure(DisconnectCause.UNKNOWN_HOST, text(unknown));
            case ConnectException failed ->
                new DialFailure(ofSystem(String.valueOf(failed.getMessage())), text(failed));
            case SocketTimeoutException silence -> new DialFailure(DisconnectCause.NO_ANSWER, text(silence));
            case TimeoutException silence -> new DialFailure(DisconnectCause.NO_ANSWER, text(silence));
            case GeneralSecurityException distrust ->
                new DialFailure(DisconnectCause.UNTRUSTED_CERTIFICATE, text(distrust));
            // A certificate that is not trusted has its own cause below this one; the rest does not speak TLS.
            case SSLException other
            when other.getCause() == null -> new DialFailure(DisconnectCause.CAPTIVE_PORTAL, text(other));
            default -> null;
        };
    }

    /** What the operating system says when it can't connect: most often that it was refused. */
    private static DisconnectCause ofSystem(String message) {
        if (message.contains("timed out")) {
            return DisconnectCause.NO_ANSWER;
        }
        return message.contains("unreachable") ? DisconnectCause.NETWORK : DisconnectCause.CONNECTION_REFUSED;
    }

    /** An answer of HTTP that is no WebSocket. A server in trouble, or one that is being replaced, answers so as well. */
    private static DialFailure ofStatus(int status) {
        boolean trouble = status >= SERVER_ERRORS;
        return new DialFailure(
                trouble ? DisconnectCause.NETWORK : DisconnectCause.CAPTIVE_PORTAL, "HTTP status " + status);
    }

    private static String text(Throwable thrown) {
        String text = thrown.toString().replaceAll("\\p{Cntrl}", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
