package io.greenfinch.app;

/** The command line is wrong in a way that the parser can't see; the process ends with 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
