package io.greenfinch.gateway.http;

/** The server could not listen at the address asked for. The message is one sentence for the operator. */
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
