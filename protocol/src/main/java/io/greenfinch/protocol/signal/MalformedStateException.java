package io.greenfinch.protocol.signal;

/** Bytes that are no state: damaged in the store, or written by a newer version. */
public final class MalformedStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedStateException(String message) {
        super(message);
    }
}
