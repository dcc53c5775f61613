package io.greenfinch.protocol.history;

/** What should be a part of a history is none from here on, or is larger than one may be. Its message shows nothing of it. */
public final class MalformedHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedHistoryException(String message) {
        super(message);
    }

    MalformedHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
