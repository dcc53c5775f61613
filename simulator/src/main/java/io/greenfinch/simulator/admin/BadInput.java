package io.greenfinch.simulator.admin;

/** An admin request can't be understood, or names something that is not there. Its message is for the caller. */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONTENT_TOO_LARGE = 413;

    private final int status;

    private BadInput(int status, String message) {
        super(message);
        this.status = status;
    }

    static BadInput malformed(String message) {
        return new BadInput(BAD_REQUEST, message);
    }

    static BadInput missing(String message) {
        return new BadInput(NOT_FOUND, message);
    }

    static BadInput tooLarge(String message) {
        return new BadInput(CONTENT_TOO_LARGE, message);
    }

    int status() {
        return status;
    }
}
