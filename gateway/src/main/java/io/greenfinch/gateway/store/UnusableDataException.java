package io.greenfinch.gateway.store;

/**
 * The data folder can't be used: locked by another process, written by a newer version, another master key, damaged, or
 * read-only; or files are kept by a service that can't be reached. The message is one sentence for the operator. Nothing was changed.
 */
public final class UnusableDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableDataException(String message) {
        super(message);
    }

    public UnusableDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
