package io.greenfinch.client.store;

/**
 * The store could not do what was asked; the message keeps the words of the driver below. Nothing was changed, unless it
 * is an {@link UnknownOutcomeException}.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
