package io.greenfinch.simulator.snapshot;

/** A snapshot can't be read or written. The message is for the user. */
public final class SnapshotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }

    SnapshotException(String message) {
        super(message);
    }
}
