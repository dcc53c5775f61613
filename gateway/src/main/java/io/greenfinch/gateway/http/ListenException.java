package io.greenfinch.gateway.http;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** The server could not listen at the address asked for. The message is one sentence for the operator. */
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListenException(String host, int port, Throwable cause) {
        super(
                "Can't listen on " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + ": " + words(cause)
                        + ".",
                cause);
    }

    /** Why a socket could not be bound: a clause to follow a colon, without a full stop. */
    public static String words(Throwable failure) {
        @Nullable Throwable cause = failure;
        String last = "the system does not say why";
        for (int depth = 0; cause != null && depth < 20; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "there is no host of this name";
            } else if (message.startsWith("Address already in use")) {
                return "another program listens there; choose another port, or 0 for any free one";
            } else if (message.startsWith("Cannot assign requested address")) {
                return "that is no address of this machine; 127.0.0.1 is for callers on it, 0.0.0.0 for all of its"
                        + " addresses";
            } else if (message.startsWith("Permission denied")) {
                return "ports below 1024 are kept for the administrator; choose a higher one, and put a proxy in front";
            }
            last = cause.getMessage() == null ? last : message;
            cause = cause.getCause();
        }
        return last;
    }
}
