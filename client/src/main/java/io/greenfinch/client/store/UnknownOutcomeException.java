package io.greenfinch.client.store;

/** The store has not said in time what became of a change: it may have been stored, or may be later, or never. */
public final class UnknownOutcomeException extends StoreException {

    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message) {
        super(message);
    }
}
