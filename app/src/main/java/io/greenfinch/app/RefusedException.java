package io.greenfinch.app;

/** The command can't be carried out as asked; the message is one clear sentence for the person at the terminal. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
