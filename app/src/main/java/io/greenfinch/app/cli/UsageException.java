package io.greenfinch.app.cli;

/** The command line is wrong in a way that the parser can't see; the process ends with 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
