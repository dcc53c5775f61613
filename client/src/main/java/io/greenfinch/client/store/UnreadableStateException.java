package io.greenfinch.client.store;

/** What is stored of one instance is damaged; the store itself and other instances are not concerned. */
public final class UnreadableStateException extends StoreException {

    private static final long serialVersionUID = 1L;

    public UnreadableStateException(String message) {
        super(message);
    }

    public UnreadableStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
